import Expressions
import Source
import TestSupport
import Testing

@Test(arguments: [
  "1", "0.5", "007", "a", "_x9", "SHIFT", "a+b", "a - b - c", "a*(b+c)/d", "MIN(a, 5)", "min (a,b)",
  "Clamp(a, 0, MAX(b, 1))", "CONV(a, [])", "CONV(a, [1,2.5 , 3])", " \t a\r\n+ b\n", "((((a))))",
  "PULSE(3)", "PULSE(3, 1)", "PULSE(3, 1, a * 2)", "SHIFT(a, 0)", "SHIFT(a, 1.0)", "MOD(a, 3)",
  "shift(a, (1))", "STEP(a, b) * (1 - STEP(b, a))", "0 - 5", "a / b",
  "FLOOR(a) + CEIL(a) + ROUND(a)",
])
func `an expression of the language has no problems`(text: String) {
  ExpressionCase(text).check()
}

private let mistakes: [ExpressionCase] = [
  // Operands.
  ExpressionCase("«»", message: "empty"),
  ExpressionCase("« \n»", message: "empty"),
  ExpressionCase("a «+»", message: "nothing follows '+'"),
  ExpressionCase("a «+» )", message: "nothing follows '+'"),
  ExpressionCase("a + «*» b", message: "nothing stands before '*'"),
  ExpressionCase("«*» b"),
  ExpressionCase("a * «/» b"),
  ExpressionCase("«()» + a"),
  ExpressionCase("(a + b «*»)"),
  ExpressionCase("«)»"),
  // Signs.
  ExpressionCase("«-»x", fixed: "(0 - x)", message: "write (0 - x)"),
  ExpressionCase("a * «-» (b + 1)", fixed: "a * (0 - (b + 1))"),
  ExpressionCase("2 - «-»3", fixed: "2 - (0 - 3)"),
  ExpressionCase("«-»MIN(a, b) + 1", fixed: "(0 - MIN(a, b)) + 1"),
  ExpressionCase("«+»x", fixed: "x"),
  ExpressionCase("«-»FLOOR(a «b»)"),
  // Numbers.
  ExpressionCase("«.5» * a", fixed: "0.5 * a"),
  ExpressionCase("a + «42.»", fixed: "a + 42"),
  ExpressionCase("«1e-3»", fixed: "0.001"),
  ExpressionCase("«1.25E+2»", fixed: "125"),
  ExpressionCase("«1.5e1»", fixed: "15"),
  ExpressionCase("«1_000»", fixed: "1000"),
  ExpressionCase("«1.2.3»"),
  ExpressionCase("«1e9999»"),
  ExpressionCase("«1\(String(repeating: "0", count: 400))»", message: "too large"),
  ExpressionCase("2«x»", message: "an operator is missing before 'x'"),
  // Operators.
  ExpressionCase("a «^» 2", message: "x * x"),
  ExpressionCase("a «**» 2"),
  ExpressionCase("a «%» 2", message: "MOD"),
  ExpressionCase("a «//» 2", message: "FLOOR"),
  ExpressionCase("a «==» b", message: "STEP"),
  ExpressionCase("a «>=» b"), ExpressionCase("a «<» b"), ExpressionCase("a «!=» b"),
  ExpressionCase("a «<>» b"), ExpressionCase("a «=» b"), ExpressionCase("a «&&» b"),
  ExpressionCase("«!»a"),
  ExpressionCase("a «>» b «?» c «:» d", message: "STEP"),
  // Brackets and commas.
  ExpressionCase("«(»a + b", message: "'(' is not closed"),
  ExpressionCase("MIN«(»a, b", message: "'(' is not closed"),
  ExpressionCase("(a + b)«)»", fixed: "(a + b)", message: "closes nothing"),
  ExpressionCase("a «]» + b", fixed: "a  + b"),
  ExpressionCase("(a«]» + b", fixed: "(a) + b"),
  ExpressionCase("MIN(a, b«]»", fixed: "MIN(a, b)"),
  ExpressionCase("CONV(a, «[»1, 2)", fixed: "CONV(a, [1, 2])"),
  ExpressionCase("CONV(a, «[»1, 2"),
  ExpressionCase("MIN(a «b»)", fixed: "MIN(a, b)", message: "',' is missing before 'b'"),
  ExpressionCase("FLOOR(a «b»)", message: "an operator"),
  ExpressionCase("MIN(a, b «c»)", message: "an operator"),
  ExpressionCase("MIN(a«,»)", message: "an argument is missing after ','"),
  ExpressionCase("MIN(«,» a)"),
  ExpressionCase("MIN(a,«,» b)"),
  ExpressionCase("a«,» b"),
  ExpressionCase("(a«,» b)"),
  ExpressionCase("a «b»", message: "an operator is missing before 'b'"),
  ExpressionCase("42 «a»"),
  ExpressionCase("a «[»1]"),
  // Lists.
  ExpressionCase("CONV(a, [«b»])", message: "nothing but numbers"),
  ExpressionCase("CONV(a, [«1 + 2»])"),
  ExpressionCase("CONV(a, [«(1)»])"),
  ExpressionCase("CONV(a, [«-»1, 2])", message: "no negative numbers"),
  ExpressionCase("CONV(a, [«+»1, 2])", fixed: "CONV(a, [1, 2])"),
  // What a fix would leave must be a call that the function takes.
  ExpressionCase("SHIFT(a, «-»1)"), ExpressionCase("SHIFT(a, «+»1)", fixed: "SHIFT(a, 1)"),
  ExpressionCase("SHIFT(a, «1e-3»)"), ExpressionCase("SHIFT(a, «1e1»)", fixed: "SHIFT(a, 10)"),
  ExpressionCase("PULSE(«.5»)"), ExpressionCase("SHIFT(«.5», b)"),
  ExpressionCase("MIN(a «b», c)"), ExpressionCase("CLAMP(a «b», c)", fixed: "CLAMP(a, b, c)"),
  ExpressionCase("FLOOR(MIN(a «b»), c)"), ExpressionCase("CONV(«-»a, 2)"),
  ExpressionCase("CONV(a, [1 «2»])", fixed: "CONV(a, [1, 2])"),
  ExpressionCase("CONV(a, [1«,»])"),
  // What belongs to other languages.
  ExpressionCase("a + «\"b\"»", message: "without quotes"),
  ExpressionCase("a + «'b»"),
  ExpressionCase("a + «“b”»"),
  ExpressionCase("a «# the load»\n + b", message: "no comments"),
  ExpressionCase("a + «${n}»", message: "'${n}'"),
  ExpressionCase("a + «${»"),
  ExpressionCase("a «@» b"), ExpressionCase("a «;»"), ExpressionCase("«{a}»"),
  ExpressionCase("«größe» * 2", message: "no node's id"),
  ExpressionCase("«\u{FF4D}in»(arr, 2)", message: "no node's id"),
  ExpressionCase("1 + «a.b»(c, [1]) * 2"),
  ExpressionCase("«a.b» + 1"), ExpressionCase("«load@vip» + 1"),
  // What looks alike.
  ExpressionCase("a «−» b", fixed: "a - b", message: "U+2212"),
  ExpressionCase("a «×» b", fixed: "a * b", message: "U+00D7"),
  ExpressionCase("MIN(a«，» b)", fixed: "MIN(a, b)", message: "U+FF0C"),
  ExpressionCase("a«\u{A0}»+ b", fixed: "a + b", message: "U+00A0"),
  ExpressionCase("a «\u{200B}»+ b", fixed: "a + b", message: "U+200B"),
  ExpressionCase("«（»a + b)", fixed: "(a + b)"),
]

@Test(arguments: mistakes)
func `one mistake is one problem at the smallest text that must change`(mistake: ExpressionCase) {
  mistake.check()
}

@Test(arguments: [
  ("a + * b", ["a", "b"]), ("MIN(a b", ["a", "b"]), ("a ^ b == c", ["a", "b", "c"]),
  ("a) + (b", ["a", "b"]), ("FOO(a, -b, [c])", ["a", "b", "c"]), ("'x' + a", ["a"]),
  ("a # x\n + b", ["a", "b"]), ("-(a + - b)", ["a", "b"]), ("a (b)", ["b"]), ("1.2.3 + a", ["a"]),
])
func `references after a mistake are known`(text: String, names: [String]) {
  #expect(Expression(text).references.map(\.name.text) == names)
}

@Test func `limits are kept, and what is within them is read`() {
  func messages(_ text: String) -> [String] { Expression(text).syntaxProblems.map(\.message) }
  func nested(_ depth: Int) -> String {
    String(repeating: "(", count: depth) + "a" + String(repeating: ")", count: depth)
  }
  #expect(messages(nested(ExpressionLimits.depthMax)) == [])
  #expect(messages(nested(ExpressionLimits.depthMax + 1)).count == 1)
  #expect(messages(String(repeating: "-", count: 100_000) + "a").count <= 101)
  #expect(messages(String(repeating: "FLOOR(", count: 40_000)).count == 1)
  #expect(messages(String(repeating: "[", count: 60_000)).count == 1)

  let terms = ExpressionLimits.tokenCountMax / 2
  let sum = "a" + String(repeating: "+a", count: terms - 1)
  #expect(messages(sum) == [])
  #expect(messages(sum + "+") != [])
  #expect(messages(sum + "+a").count == 1)

  let blank = String(repeating: " ", count: ExpressionLimits.textLengthMax - 1)
  #expect(messages("a" + blank) == [])
  #expect(messages("a" + blank + " ").count == 1)
  #expect(
    messages(String(repeating: "@ a ", count: 10_000)).count == ExpressionLimits.problemCountMax)
}

@Test func `a long sum is a deep tree that can be walked and written`() {
  let text = "a" + String(repeating: " + a", count: 20_000)
  let expression = Expression(text)
  #expect(expression.nodes.count == 40_001)
  #expect(expression.spelling == text)
  #expect(expression.references.count == 20_001)
  #expect(expression.doubts { _ in Interval(1, 2) } == [])
}

@Test(arguments: [
  ("a-b-c", "a - b - c"), ("a-(b-c)", "a - (b - c)"), ("(a*b)+c", "a * b + c"),
  ("a*(b+c)", "a * (b + c)"), ("a/(b*c)/d", "a / (b * c) / d"), ("min( a,(b) )", "MIN(a, b)"),
  ("conv(a,[1,.2])", "CONV(a, [1, .2])"), ("((7))", "7"), ("f(g())", "f(g())"),
])
func `the usual spelling has the same tree`(text: String, spelling: String) {
  let expression = Expression(text)
  #expect(expression.spelling == spelling)
  #expect(Expression(spelling).hasSameTree(as: expression))
}

@Test(arguments: [
  ("1", 1.0), ("0.1", 0.1), ("007", 7), ("123456789012345", 123_456_789_012_345),
  ("0.000000000000001", 1e-15), ("3.14159265358979", 3.14159265358979),
  ("123456789.123456789123", 123456789.123456789123), ("9007199254740992", 9_007_199_254_740_992),
])
func `a number has the nearest value`(text: String, value: Double) {
  #expect(Expression(text).nodes.map(\.value) == [value])
}

@Test func `nodes stand after what they are made of`() {
  let expression = Expression("1 + MIN(a, CONV(b, [2, 3])) / 4 - c")
  for (place, node) in expression.nodes.enumerated() {
    let children = Array(expression.children(of: place))
    #expect(children.count == Int(node.count))
    #expect(children == children.sorted() && children.allSatisfy { $0 < place })
  }
  #expect(
    expression.nodes.map(\.kind) == [
      .number, .reference, .reference, .number, .number, .list, .call, .call, .number, .divide,
      .add, .reference, .subtract,
    ])
  #expect(expression.root == 12)
}
