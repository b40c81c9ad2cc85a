import JSON
import Testing

@Test(
  arguments: [
    ("0", 0), ("-0", 0), ("-0.00e5", 0), ("12", 12), ("12.0", 12), ("1e2", 100), ("1E+2", 100),
    ("1200e-2", 12), ("1.5e1", 15), ("0.00012e5", 12), ("1.5", nil), ("1e-1", nil), ("1e19", nil),
    ("9223372036854775807", Int.max), ("9223372036854775808", nil),
    ("9223372036854775807.0", Int.max),
    ("-9223372036854775808", Int.min), ("-9223372036854775809", nil),
    ("922337203685477580.7e1", Int.max),
    ("9007199254740993", 9_007_199_254_740_993), ("1e999999999", nil), ("1e-999999999", nil),
    ("0e999999999999999999999999", 0), ("1e99999999999999999999999999", nil),
    ("1e-99999999999999999999999999", nil), ("100e-2", 1), ("123456789012345678901234567890", nil),
  ] as [(String, Int?)])
func `an integer is exact or there is none`(spelling: String, expected: Int?) throws {
  let number = try #require(JSONNumber(spelling: spelling))
  #expect(number.integer == expected)
  #expect(number.spelling == spelling)
}

@Test func `a long number is read in proportion to its length`() throws {
  let zeros = String(repeating: "0", count: 1_000_000)
  #expect(try #require(JSONNumber(spelling: "0." + zeros + "7e1000001")).integer == 7)
  #expect(try #require(JSONNumber(spelling: "7" + zeros + "e-1000000")).integer == 7)
  #expect(try #require(JSONNumber(spelling: "1" + zeros)).integer == nil)
  #expect(try #require(JSONNumber(spelling: "1" + zeros)).double == nil)
}

@Test(arguments: [
  "", "-", "+1", "01", "-01", "1.", ".5", "1e", "1e+", "1.e1", "1 ", " 1", "0x1", "1_000", "NaN",
  "Infinity", "1,0", "٣", "1\u{0}",
])
func `what is no number of RFC 8259 is refused`(spelling: String) {
  #expect(JSONNumber(spelling: spelling) == nil)
}

@Test(
  arguments: [
    ("1e400", nil), ("-1e400", nil), ("1e-999", 0), ("0.1", 0.1), ("1e2", 100),
    ("9007199254740993", 9_007_199_254_740_992),
    ("1.7976931348623157e308", Double.greatestFiniteMagnitude),
  ] as [(String, Double?)])
func `a double is the nearest or there is none`(spelling: String, expected: Double?) throws {
  #expect(try #require(JSONNumber(spelling: spelling)).double == expected)
}

@Test(arguments: [
  (0.0, "0"), (-0.0, "0"), (1, "1"), (-1.5, "-1.5"), (0.1, "0.1"), (1e-6, "0.000001"),
  (1e-7, "1e-7"),
  (1.5e-7, "1.5e-7"), (1e20, "100000000000000000000"), (1e21, "1e+21"), (123_456_789, "123456789"),
  (1.25e22, "1.25e+22"), (Double.leastNonzeroMagnitude, "5e-324"), (100, "100"), (0.001, "0.001"),
])
func `a double is spelled as ECMAScript spells it`(double: Double, spelling: String) {
  #expect(JSONNumber(double)?.spelling == spelling)
}

@Test(arguments: [Double.nan, .infinity, -.infinity, .signalingNaN])
func `what is no number has no spelling`(double: Double) {
  #expect(JSONNumber(double) == nil)
}

@Test func `numbers are equal when they are spelled alike`() {
  #expect(JSONNumber(1) == JSONNumber(spelling: "1"))
  #expect(JSONNumber(spelling: "1.0") != JSONNumber(1))
  #expect(JSONNumber(Int.min).spelling == "-9223372036854775808")
}
