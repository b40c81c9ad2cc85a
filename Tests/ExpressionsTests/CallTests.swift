import Expressions
import Source
import Testing

private let calls: [ExpressionCase] = [
  ExpressionCase(
    "«MINN»(a, b)", .functionUnknown, fixed: "MIN(a, b)", message: "did you mean 'MIN'"),
  ExpressionCase("«nothing»(a, [1])", .functionUnknown, message: "no function 'nothing'"),
  ExpressionCase("«ABS»(x)", .functionUnknown, fixed: "MAX(x, 0 - x)", message: "MAX(x, 0 - x)"),
  ExpressionCase("«Abs»(a - b)", .functionUnknown, fixed: "MAX(a - b, 0 - (a - b))"),
  ExpressionCase("2 * «SUM»(a, b - c)", .functionUnknown, fixed: "2 * (a + b - c)"),
  ExpressionCase("«AVG»(a, b, c) / 2", .functionUnknown, fixed: "((a + b + c) / 3) / 2"),
  ExpressionCase("«AVG»(a)", .functionUnknown),
  ExpressionCase("«delay»(a, 1)", .functionUnknown, fixed: "SHIFT(a, 1)"),
  ExpressionCase("«IF»(a, 1, 2)", .functionUnknown, message: "c * a + (1 - c) * b"),
  ExpressionCase("«SQRT»(a)", .functionUnknown), ExpressionCase("«POW»(a, 2)", .functionUnknown),
  ExpressionCase("«CUMSUM»(a)", .functionUnknown), ExpressionCase("«EMA»(a, 2)", .functionUnknown),
  ExpressionCase("«MIN»(a)", .argumentCount, message: "MIN takes 2 arguments, not 1: MIN(a, b)"),
  ExpressionCase(
    "«PULSE»()", .argumentCount,
    message: "PULSE takes 1 to 3 arguments, not none: PULSE(period, phase?, size?)"),
  ExpressionCase("FLOOR(a, «b»)", .argumentCount, message: "FLOOR takes 1 argument, not 2"),
  ExpressionCase("CLAMP(a, 1, 2, «3, 4»)", .argumentCount),
  ExpressionCase(
    "min(a, b, «(c + 1)»)".replacing("«(c + 1)»", with: "(«c + 1»)"), .argumentCount,
    fixed: "min(min(a, b), c + 1)"),
  ExpressionCase("MAX(1, b, «c, d»)", .argumentCount, fixed: "MAX(MAX(MAX(1, b), c), d)"),
  ExpressionCase("SHIFT(a, «1.5»)", .shiftLag, message: "lag of SHIFT"),
  ExpressionCase("SHIFT(a, «b»)", .shiftLag, message: "not the node 'b'"),
  ExpressionCase("SHIFT(a, («0 - 2»))", .shiftLag, message: "written out, not -2"),
  ExpressionCase("SHIFT(a, «1 - 2»)", .shiftLag, message: "not an expression"),
  ExpressionCase("SHIFT(a, «0 - 1»)".replacing("«0 - 1»", with: "(«0 - 1»)"), .shiftLag),
  ExpressionCase("SHIFT(a, «[1]»)", .shiftLag),
  ExpressionCase("SHIFT(a, «99999999999»)", .shiftLag),
  ExpressionCase("PULSE(«0»)", .pulseLiteral, message: "the period of PULSE"),
  ExpressionCase("PULSE(«a», «0.5», b)", .pulseLiteral),
  ExpressionCase("«[1, 2]» + a", .listMisplaced), ExpressionCase("«[]»", .listMisplaced),
  ExpressionCase("MIN(a, «[1]»)", .listMisplaced),
  ExpressionCase("CONV(«[1]», [1])", .listMisplaced),
  ExpressionCase("CONV(a, «2»)", .listMisplaced, fixed: "CONV(a, [2])"),
  ExpressionCase("CONV(a, «b»)", .listMisplaced, message: "must be a list of numbers"),
]

@Test(arguments: calls)
func `a call that fits no function is reported where it must change`(call: ExpressionCase) {
  call.check()
}

@Test func `a sign before a lag is a sign and nothing more`() {
  let expression = Expression("SHIFT(a, -1)")
  #expect(expression.syntaxProblems.count == 1)
  #expect(expression.callProblems == [])
}

@Test(arguments: [
  ("a + b", "a b"), ("SHIFT(a, 1) + b", "~a b"), ("SHIFT(a, 0)", "a"),
  ("SHIFT(a + SHIFT(b, 0), 2) * a", "~a ~b a"), ("SHIFT(a, b)", "~a ~b"), ("CONV(a, [1])", "a"),
  ("shift(MIN(a, b), 1)", "~a ~b"), ("SHIFT(a)", "~a"), ("PULSE(3, 0, a)", "a"),
])
func `a reference that SHIFT moves back is lagged`(text: String, expected: String) {
  let found = Expression(text).references.map { ($0.isLagged ? "~" : "") + $0.name.text }
  #expect(found.joined(separator: " ") == expected)
}

@Test(arguments: [
  ("SHIFT(a, 1)", 1), ("1 + MIN(shift(a, 2), SHIFT(a, 3))", 2), ("SHIFT(a, 0)", 0),
  ("SHIFT(a + 0, 1)", 0), ("SHIFT(A, 1)", 0), ("SHIFT(a, b)", 0), ("SHIFT(a, 1, 1)", 0), ("a", 0),
])
func `a shift of the node itself is found at any depth`(text: String, count: Int) {
  #expect(Expression(text).selfShifts(of: "a").count == count)
}

@Test(arguments: [("ABS", ")"), ("SUM", ", 1)"), ("DELAY", ", 1)"), ("MIN", ", 1, 2)")])
func `what stands in many calls is not repeated for each of them`(name: String, end: String) {
  let sum = Array(repeating: "a", count: 1_000).joined(separator: " + ")
  let expression = Expression(
    String(repeating: name + "(", count: 90) + sum + String(repeating: end, count: 90))
  let problems = expression.callProblems
  #expect(problems.count == 90)
  #expect(problems.reduce(0) { $0 + ($1.fix?.edits.first?.text.utf8.count ?? 0) } < 10_000)
}

@Test func `every function has a name, arguments and a meaning`() {
  for function in ExpressionFunction.allCases {
    #expect(ExpressionFunction(named: function.name.utf8) == function)
    #expect(ExpressionFunction(named: function.name.lowercased().utf8) == function)
    #expect(!function.meaning.isEmpty && !function.parameters.isEmpty)
    #expect(function.signature.hasPrefix(function.name + "("))
  }
  for name in ["", "MI", "MINI", "ABS", "M\u{0}N", "12345678", "123456789"] {
    #expect(ExpressionFunction(named: name.utf8) == nil, "\(name)")
  }
  for absent in AbsentFunction.all {
    #expect(ExpressionFunction(named: absent.name.utf8) == nil, "\(absent.name)")
  }
}
