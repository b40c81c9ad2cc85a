import Expressions
import Source
import Testing

private let doubts: [ExpressionCase] = [
  ExpressionCase("a / «0»", .divisionByZero, message: "a division by 0 gives 0"),
  ExpressionCase("a / («1 - 1»)", .divisionByZero),
  ExpressionCase("MOD(a, «0»)", .divisionByZero, message: "MOD by 0 gives 0"),
  ExpressionCase("a / («b * 0»)", .divisionByZero),
  ExpressionCase("CLAMP(a, «10, 5»)", .clampInverted),
  ExpressionCase("CLAMP(a, «STEP(a, b) + 2, 1»)", .clampInverted),
  ExpressionCase(
    "MIN(«5», 3)", .branchIdle, message: "'5' is never the result: '3' is always smaller"),
  ExpressionCase("MAX(«0», PULSE(3) + 1)", .branchIdle, message: "always larger"),
  ExpressionCase("MIN(STEP(a, b), «2»)", .branchIdle),
  ExpressionCase("MIN(«CLAMP(a, 3, 9)», FLOOR(2.5))", .branchIdle),
  ExpressionCase("MIN(«CLAMP(a, 6, 9) / CLAMP(b, 1, 2)», 2)", .branchIdle),
  ExpressionCase("MAX(«6 / (0 - MAX(a, 2))», 1)", .branchIdle),
  ExpressionCase("«(0 - 1) - STEP(a, b)»", .alwaysNegative, message: "below 0 in every bin"),
  ExpressionCase("«0 - MAX(a, 1)»", .alwaysNegative),
  ExpressionCase("«MIN(a, 0 - 1) * CLAMP(b, 1, 2)»", .alwaysNegative),
]

@Test(arguments: doubts)
func `what is certainly not meant is doubted`(doubt: ExpressionCase) {
  doubt.check()
}

@Test(arguments: [
  "a / b", "0 - 5", "a - 5", "MAX(0, a - b)", "MIN(3, 3)", "CLAMP(a, 5, 5)", "CLAMP(a, b, 0)",
  "MAX(0, STEP(a, b))", "1 / (a - a)", "MOD(a, b)", "MIN(SHIFT(CLAMP(a, 3, 9), 1), 2)",
  "0 - PULSE(3)", "CLAMP(a, 1, 49 / 49)", "MIN(49 / 49, 1)", "MIN(3 / 10 * 10, 3)",
  "MAX(a / CLAMP(a, 1, 9), 0)", "MIN(CLAMP(a, 1, 9) / MAX(b, 1), 1)",
  "MIN(CONV(CLAMP(a, 1, 2), [1]), 0.5)", "(0 - 1) * a", "0 - STEP(a, b)",
])
func `what may be meant is not doubted`(text: String) {
  ExpressionCase(text).check()
}

@Test func `what is known of nodes tells a result below 0, and nothing about choices`() {
  func kinds(_ text: String) -> [ExpressionProblem.Kind] {
    Expression(text).doubts { $0 == "load" ? Interval(10, 30) : nil }.map(\.kind)
  }
  #expect(kinds("0 - load") == [.alwaysNegative])
  #expect(kinds("5 - load") == [.alwaysNegative])
  #expect(kinds("20 - load") == [])
  #expect(kinds("0 - other") == [])
  #expect(kinds("MIN(load, 5)") == [])
}
