package import JSON

/// A number of a model or a parameter: finite, and exact where it is whole.
///
/// Whole numbers within ±(2^53 - 1) are always ``integer``, so that `12`, `12.0` and `1.2e1` are one value (RFC 8785
/// writes them alike). Source: docs/reference/model.md, "Canonical form".
package enum Number: Hashable, Sendable {
  case integer(Int)
  case double(Double)

  /// Largest magnitude of a whole number that every reader of JSON keeps exactly (RFC 8259 section 6): 2^53 - 1.
  package static let integerMax = 9_007_199_254_740_991

  /// Why a text that looks like a number is refused. Nothing is ever rounded in silence.
  package enum Problem: Error, Hashable, Sendable {
    /// NaN or an infinity, or a literal that overflows a double.
    case notFinite
    /// A whole number written in digits beyond ±(2^53 - 1).
    case beyondExact
  }

  /// - Throws: ``Problem/beyondExact``.
  package init(_ value: Int) throws(Problem) {
    guard value >= -Number.integerMax, value <= Number.integerMax else { throw .beyondExact }
    self = .integer(value)
  }

  /// - Throws: ``Problem/notFinite``.
  package init(_ value: Double) throws(Problem) {
    guard value.isFinite else { throw .notFinite }
    if let whole = Int(exactly: value), whole >= -Number.integerMax, whole <= Number.integerMax {
      self = .integer(whole)
    } else {
      self = .double(value)
    }
  }

  /// - Throws: ``Problem``. `1e21` is a double and accepted; `1000000000000000000000` is a whole number and is not.
  package init(_ number: JSONNumber) throws(Problem) {
    if let whole = number.integer, whole >= -Number.integerMax, whole <= Number.integerMax {
      self = .integer(whole)
      return
    }
    let isDigitsOnly = number.spelling.utf8.allSatisfy { $0 == 0x2D || ($0 >= 0x30 && $0 <= 0x39) }
    if isDigitsOnly { throw .beyondExact }
    guard let value = number.double else { throw .notFinite }
    try self.init(value)
  }

  package var double: Double {
    switch self {
    case .integer(let value): Double(value)
    case .double(let value): value
    }
  }

  /// The value if it is whole and exact.
  package var integer: Int? {
    if case .integer(let value) = self { value } else { nil }
  }

  package var isNegative: Bool {
    switch self {
    case .integer(let value): value < 0
    case .double(let value): value < 0
    }
  }

  /// The shortest decimal that reads back as this value, as ECMAScript writes it: `12`, `0.1`, `1e+21`.
  ///
  /// A double that is whole has an exponent from 2^53 on, where ECMAScript still writes digits: as digits alone it would
  /// be a whole number that is refused.
  package var spelling: String {
    switch self {
    case .integer(let value): return String(value)
    case .double(let value):
      // A finite double always has a spelling; the description is the same digits.
      let spelling = ECMAScriptNumber.spelling(of: value) ?? value.description
      let digits = spelling.drop { $0 == "-" }
      guard digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return spelling }
      var fraction = digits.dropFirst()
      while fraction.last == "0" { fraction.removeLast() }
      return (value < 0 ? "-" : "") + digits.prefix(1) + (fraction.isEmpty ? "" : "." + fraction)
        + "e+\(digits.utf8.count - 1)"
    }
  }

  package var json: JSONNumber {
    switch self {
    case .integer(let value): JSONNumber(value)
    case .double: JSONNumber(spelling: spelling) ?? JSONNumber(0)
    }
  }

  /// As YAML: ``spelling``, but with a point before an exponent, since YAML 1.1 readers take `1e+21` for text.
  package var yaml: String {
    if case .integer(let value) = self { return String(value) }
    let spelling = spelling
    guard let exponent = spelling.utf8.firstIndex(of: 0x65) else { return spelling }
    let mantissa = spelling[..<exponent]
    return mantissa.utf8.contains(0x2E) ? spelling : mantissa + ".0" + spelling[exponent...]
  }

  /// As a term of the expression language, which has neither sign nor exponent: `12`, `0.0000001`, `(0 - 5)`.
  package var expressionTerm: String {
    isNegative ? "(0 - \(plainDecimal))" : plainDecimal
  }

  /// The magnitude in digits and at most one point.
  ///
  /// At most 309 digits before the point and 324 after it.
  package var plainDecimal: String {
    var digits: [UInt8] = []
    var exponent = 0
    var fractionCount = 0
    var inFraction = false
    var rest = spelling.utf8[...]
    if rest.first == 0x2D { rest.removeFirst() }
    while let byte = rest.popFirst() {
      switch byte {
      case 0x2E: inFraction = true
      case 0x65:
        exponent = Int(String(Substring(rest))) ?? 0
        rest = rest[rest.endIndex...]
      default:
        digits.append(byte)
        if inFraction { fractionCount += 1 }
      }
    }
    let pointAt = digits.count - fractionCount + exponent
    if pointAt <= 0 {
      let zeros = String(repeating: "0", count: -pointAt)
      return "0." + zeros + String(decoding: digits, as: UTF8.self)
    }
    if pointAt >= digits.count {
      return String(decoding: digits, as: UTF8.self)
        + String(repeating: "0", count: pointAt - digits.count)
    }
    return String(decoding: digits[..<pointAt], as: UTF8.self) + "."
      + String(decoding: digits[pointAt...], as: UTF8.self)
  }
}

extension Number: Comparable {
  package static func < (left: Number, right: Number) -> Bool {
    if case .integer(let a) = left, case .integer(let b) = right { return a < b }
    return left.double < right.double
  }
}
