import Testing
import YAML

@Test(arguments: [
  ("", CoreScalar.null), ("~", .null), ("null", .null), ("Null", .null), ("NULL", .null),
  ("nULL", .string), ("nul", .string), ("true", .bool(true)), ("True", .bool(true)),
  ("TRUE", .bool(true)), ("tRUE", .string), ("TrUe", .string), ("false", .bool(false)),
  ("FALSE", .bool(false)), ("0", .integer), ("-0", .integer), ("+12", .integer),
  ("012", .integer), ("0o17", .integer), ("0o18", .string), ("0o", .string), ("0xFf", .integer),
  ("0x", .string), ("-0x1", .string), ("0b1", .string), ("1_000", .string), ("-", .string),
  ("+", .string), (".", .string), ("..", .string), ("1.", .float), (".5", .float),
  ("-.5", .float), ("1e3", .float), ("1E+3", .float), ("1e", .string), ("1e+", .string),
  ("1.5e-3", .float), ("e3", .string), (".e3", .string), (".inf", .float), ("-.Inf", .float),
  ("+.INF", .float), (".iNF", .string), (".nan", .float), (".NaN", .float), (".NAN", .float),
  ("-.nan", .string), ("12:30", .string), ("1 2", .string), ("yes", .string), ("é", .string),
])
func `a plain scalar is what the core schema says`(text: String, expected: CoreScalar) {
  #expect(CoreScalar(plain: text) == expected)
}

@Test(arguments: [
  "yes", "No", "ON", "off", "y", "N", "12:30", "12:30:45", "-1:30", "1:30.5", "0b101", "010",
  "-017",
  "0o17", "1_000", "1_0.5", "2001-12-14", "2001-12-14T21:59:43.10-05:00", "2001-12-14 21:59:43 Z",
  "=", "<<", "1e3", "1.5e3", "089", "0x_1",
])
func `a text that a YAML 1.1 reader retypes is known`(text: String) {
  #expect(CoreScalar.isAmbiguousIn11(text))
}

@Test(arguments: [
  "", "~", "null", "true", "12", "-5", "0", "0x1F", "1.5", "1.5e+3", "0.0", ".inf", "a", "yess",
  "model",
  "a:b", "-", "1.0.0.x", "node-1",
])
func `a text that both versions read alike is left alone`(text: String) {
  #expect(!CoreScalar.isAmbiguousIn11(text))
}
