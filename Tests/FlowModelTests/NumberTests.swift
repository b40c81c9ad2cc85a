import FlowModel
import JSON
import Testing

/// A number in all the forms it leaves in.
private struct Forms: Sendable, CustomTestStringConvertible {
  /// As JSON or YAML has it.
  let written: String
  let spelling: String
  let yaml: String
  let expression: String

  init(_ written: String, _ spelling: String, yaml: String? = nil, expression: String? = nil) {
    self.written = written
    self.spelling = spelling
    self.yaml = yaml ?? spelling
    self.expression = expression ?? spelling
  }

  var testDescription: String { written }

  static let all: [Forms] = [
    Forms("0", "0"), Forms("-0", "0"), Forms("-0.0", "0"), Forms("0e9", "0"),
    Forms("12", "12"), Forms("12.0", "12"), Forms("1.2e1", "12"), Forms("120e-1", "12"),
    Forms("-5", "-5", expression: "(0 - 5)"),
    Forms("0.1", "0.1"), Forms("2.50", "2.5"), Forms("-0.25", "-0.25", expression: "(0 - 0.25)"),
    Forms("0.000001", "0.000001"),
    Forms("1e-7", "1e-7", yaml: "1.0e-7", expression: "0.0000001"),
    Forms("1.25e-7", "1.25e-7", expression: "0.000000125"),
    Forms("-1.25e-7", "-1.25e-7", expression: "(0 - 0.000000125)"),
    Forms("123456.789", "123456.789"),
    Forms("9007199254740991", "9007199254740991"),
    Forms("-9007199254740991", "-9007199254740991", expression: "(0 - 9007199254740991)"),
    Forms("1e15", "1000000000000000"),
    // Whole, exact, and not to be mistaken for digits that would have to be rounded.
    Forms("1e16", "1e+16", yaml: "1.0e+16", expression: "10000000000000000"),
    Forms("1.25e17", "1.25e+17", expression: "125000000000000000"),
    Forms("9007199254740992.0", "9.007199254740992e+15", expression: "9007199254740992"),
    Forms("-1e20", "-1e+20", yaml: "-1.0e+20", expression: "(0 - 100000000000000000000)"),
    Forms("1e21", "1e+21", yaml: "1.0e+21", expression: "1000000000000000000000"),
    Forms("1.5e300", "1.5e+300", expression: "15" + String(repeating: "0", count: 299)),
    Forms(
      "5e-324", "5e-324", yaml: "5.0e-324",
      expression: "0." + String(repeating: "0", count: 323) + "5"),
  ]
}

@Test(arguments: Forms.all)
private func `a number has one spelling in JSON, in YAML and in an expression`(forms: Forms) throws
{
  let number = try Number(try #require(JSONNumber(spelling: forms.written)))
  #expect(number.spelling == forms.spelling)
  #expect(number.yaml == forms.yaml)
  #expect(number.expressionTerm == forms.expression)
  #expect(try Number(coreSchema: forms.written) == number, "from YAML")
  #expect(try Number(coreSchema: number.yaml) == number, "as YAML and back")
  #expect(try Number(number.json) == number, "as JSON and back")
  #expect(try Number(number.double) == number, "as a double and back")
}

@Test(arguments: [
  "9007199254740992", "-9007199254740992", "99999999999999999999999", "1000000000000000000000",
])
func `digits beyond what every reader keeps are refused, not rounded`(digits: String) throws {
  let json = try #require(JSONNumber(spelling: digits))
  #expect(throws: Number.Problem.beyondExact) { try Number(json) }
  #expect(throws: Number.Problem.beyondExact) { try Number(coreSchema: digits) }
}

@Test(arguments: ["1e309", "-1e309", "1e999999"])
func `a number beyond every double is refused`(text: String) throws {
  let json = try #require(JSONNumber(spelling: text))
  #expect(throws: Number.Problem.notFinite) { try Number(json) }
  #expect(throws: Number.Problem.notFinite) { try Number(coreSchema: text) }
}

@Test(arguments: [".nan", ".NaN", ".inf", "-.inf", "+.Inf"])
func `what is no finite number is refused`(text: String) {
  #expect(throws: Number.Problem.notFinite) { try Number(coreSchema: text) }
  #expect(throws: Number.Problem.notFinite) { try Number(Double.nan) }
  #expect(throws: Number.Problem.notFinite) { try Number(-Double.infinity) }
}

@Test(arguments: [
  ("0x1F", 31), ("0o17", 15), ("+5", 5), ("0x1FFFFFFFFFFFFF", 9_007_199_254_740_991), ("007", 7),
])
func `YAML writes whole numbers in other ways too`(text: String, value: Int) throws {
  #expect(try Number(coreSchema: text) == .integer(value))
}

@Test(arguments: ["0x20000000000000", "0xFFFFFFFFFFFFFFFFFF", "0o777777777777777777777777"])
func `a whole number of another base is refused beyond the same bound`(text: String) {
  #expect(throws: Number.Problem.beyondExact) { try Number(coreSchema: text) }
}

@Test(arguments: [(".5", 0.5), ("5.", 5), ("-.5e1", -5), ("1e-999", 0), ("+1.5", 1.5)])
func `YAML writes fractions in other ways too`(text: String, value: Double) throws {
  #expect(try Number(coreSchema: text).double == value)
}

@Test func `numbers are in order whatever they are made of`() throws {
  let texts = ["-1e21", "-2.5", "-2", "0", "1e-7", "0.5", "2", "2.5", "9007199254740991", "1e16"]
  let numbers = try texts.map { try Number(coreSchema: $0) }
  #expect(numbers.sorted() == numbers)
}
