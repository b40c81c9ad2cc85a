/// What the text of a *plain* scalar is by the core schema (YAML 1.2.2 section 10.3.2).
package enum CoreScalar: Hashable, Sendable {
  case null
  case bool(Bool)
  /// Decimal with a sign or none, `0o` octal, `0x` hexadecimal.
  case integer
  /// Also `.inf`, `-.inf`, `.nan`.
  case float
  case string

  package init(plain text: String) {
    self.init(plain: text.utf8.span)
  }

  init(plain text: Span<UInt8>) {
    switch text.byte(at: 0) {
    case 0 where text.isEmpty: self = .null
    case UInt8(ascii: "~"), UInt8(ascii: "n"), UInt8(ascii: "N"):
      self = text.equals("~") || text.isWord("null") ? .null : .string
    case UInt8(ascii: "t"), UInt8(ascii: "T"): self = text.isWord("true") ? .bool(true) : .string
    case UInt8(ascii: "f"), UInt8(ascii: "F"): self = text.isWord("false") ? .bool(false) : .string
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"),
      UInt8(ascii: "."):
      self = Self.number(text)
    default: self = .string
    }
  }

  /// `[-+]? [0-9]+`, `0o [0-7]+`, `0x [0-9a-fA-F]+`, and the two float rows of the table.
  private static func number(_ text: Span<UInt8>) -> CoreScalar {
    if text.byte(at: 0) == UInt8(ascii: "0"), text.count > 2 {
      if text[1] == UInt8(ascii: "o") {
        return text.allSatisfy(from: 2) { $0 >= 0x30 && $0 <= 0x37 } ? .integer : .string
      }
      if text[1] == UInt8(ascii: "x") {
        return text.allSatisfy(from: 2) { $0.isHexDigit } ? .integer : .string
      }
    }
    if text.isWord(".nan", shout: ".NAN", title: ".NaN") { return .float }
    var offset = 0
    if text[0] == UInt8(ascii: "-") || text[0] == UInt8(ascii: "+") { offset = 1 }
    if text.count - offset == 4, text[offset] == UInt8(ascii: ".") {
      let word = text.extracting(offset..<text.count)
      if word.isWord(".inf", shout: ".INF", title: ".Inf") { return .float }
    }
    let whole = text.digits(from: offset)
    offset += whole
    if offset == text.count { return whole > 0 ? .integer : .string }
    var fraction = 0
    if text[offset] == UInt8(ascii: ".") {
      fraction = text.digits(from: offset + 1)
      offset += 1 + fraction
    }
    guard whole > 0 || fraction > 0 else { return .string }
    if text.byte(at: offset) | 0x20 == UInt8(ascii: "e") {
      offset += 1
      if text.byte(at: offset) == UInt8(ascii: "-") || text.byte(at: offset) == UInt8(ascii: "+") {
        offset += 1
      }
      let exponent = text.digits(from: offset)
      guard exponent > 0 else { return .string }
      offset += exponent
    }
    return offset == text.count ? .float : .string
  }
}

extension CoreScalar {
  /// Whether a YAML 1.1 reader would take this plain text for something other than what YAML 1.2 does, or refuse it.
  ///
  /// Covers the 1.1 types bool (`yes`, `on`, `y`, …), int (`0b1`, `010`, `1_000`, `12:30`), float (`1_0.5`, `1:30.5`),
  /// timestamp, merge (`<<`) and value (`=`), and what single readers add to them: `1,000` and `:symbol` (Psych).
  package static func isAmbiguousIn11(_ text: String) -> Bool {
    isAmbiguousIn11(text.utf8.span)
  }

  static func isAmbiguousIn11(_ text: Span<UInt8>) -> Bool {
    switch text.byte(at: 0) {
    case UInt8(ascii: "<"): return text.equals("<<")
    case UInt8(ascii: "="): return text.equals("=")
    case UInt8(ascii: ":"): return text.count > 1
    case UInt8(ascii: "y"), UInt8(ascii: "Y"): return text.isWord("yes") || text.isWord("y")
    case UInt8(ascii: "n"), UInt8(ascii: "N"): return text.isWord("no") || text.isWord("n")
    case UInt8(ascii: "o"), UInt8(ascii: "O"): return text.isWord("on") || text.isWord("off")
    case UInt8(ascii: "+"), UInt8(ascii: "-"):
      return isNumberIn11(text.extracting(1..<text.count), hasSign: true)
    case UInt8(ascii: "."), UInt8(ascii: "0")...UInt8(ascii: "9"):
      return isNumberIn11(text, hasSign: false)
    default: return false
    }
  }

  /// Whether a 1.1 reader takes an unsigned number, or a date, for another than YAML 1.2 does.
  private static func isNumberIn11(_ text: Span<UInt8>, hasSign: Bool) -> Bool {
    if text.byte(at: 0) == UInt8(ascii: "0"), text.count > 1 {
      switch text[1] {
      case UInt8(ascii: "x"):
        return text.count > 2
          && text.allSatisfy(from: 2) { $0.isHexDigit || $0 == UInt8(ascii: "_") }
          && (hasSign || !text.allSatisfy(from: 2) { $0.isHexDigit })
      case UInt8(ascii: "b"):
        return text.count > 2
          && text.allSatisfy(from: 2) { $0 == 0x30 || $0 == 0x31 || $0 == UInt8(ascii: "_") }
      case UInt8(ascii: "o"): return text.count > 2 && text.allSatisfy(from: 2) { $0.isDigit }
      default: break
      }
    }
    let whole = text.groupedDigits(from: 0)
    let hasGroups = !text.extracting(0..<whole).allSatisfy(from: 0) { $0.isDigit }
    var offset = whole
    if offset == text.count {
      // An octal number, or one whose digits are in groups.
      return whole > 0 && (hasGroups || (whole > 1 && text[0] == 0x30))
    }
    if whole == 4, !hasGroups, !hasSign, text[4] == UInt8(ascii: "-") {
      return text.digits(from: 5) > 0
    }
    var isSexagesimal = false
    while text.byte(at: offset) == UInt8(ascii: ":"), whole > 0 {
      let digits = text.digits(from: offset + 1)
      guard digits == 1 || digits == 2 else { return false }
      isSexagesimal = true
      offset += 1 + digits
    }
    guard offset < text.count else { return isSexagesimal }
    var hasFraction = false
    var hasFractionGroups = false
    if text[offset] == UInt8(ascii: ".") {
      let fraction = text.groupedDigits(from: offset + 1)
      hasFraction = true
      hasFractionGroups = !text.extracting(offset + 1..<offset + 1 + fraction).allSatisfy(from: 0) {
        $0.isDigit
      }
      guard whole + fraction > 0 else { return false }
      offset += 1 + fraction
    }
    if offset == text.count { return isSexagesimal || hasGroups || hasFractionGroups }
    guard text[offset] | 0x20 == UInt8(ascii: "e"), whole > 0 || hasFraction else { return false }
    let sign = text.byte(at: offset + 1)
    let hasExponentSign = sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+")
    let digits = text.digits(from: offset + (hasExponentSign ? 2 : 1))
    guard digits > 0, offset + (hasExponentSign ? 2 : 1) + digits == text.count else {
      return false
    }
    // 1.1 wants a dot in a number with an exponent, and a sign in the exponent.
    return isSexagesimal || hasGroups || hasFractionGroups || !hasFraction || !hasExponentSign
  }
}

extension UInt8 {
  var isDigit: Bool { self >= 0x30 && self <= 0x39 }
  var isHexDigit: Bool {
    isDigit || (self | 0x20 >= UInt8(ascii: "a") && self | 0x20 <= UInt8(ascii: "f"))
  }
}

extension Span<UInt8> {
  func equals(_ word: String) -> Bool {
    guard word.utf8.count == count else { return false }
    var offset = 0
    for byte in word.utf8 {
      guard self[offset] == byte else { return false }
      offset += 1
    }
    return true
  }

  /// Whether this is `word`, given in lower case, as it is, capitalised or in capitals: the three that YAML knows.
  fileprivate func isWord(_ word: String) -> Bool {
    guard word.utf8.count == count else { return false }
    var capitals = 0
    var offset = 0
    for byte in word.utf8 {
      guard self[offset] | 0x20 == byte else { return false }
      if self[offset] != byte { capitals += 1 }
      offset += 1
    }
    return capitals == 0 || capitals == count || (capitals == 1 && self[0] & 0x20 == 0)
  }

  fileprivate func isWord(_ word: String, shout: String, title: String) -> Bool {
    equals(word) || equals(shout) || equals(title)
  }

  fileprivate func digits(from start: Int) -> Int {
    var offset = start
    while offset < count, self[offset].isDigit { offset += 1 }
    return offset - start
  }

  fileprivate func allSatisfy(from start: Int, _ predicate: (UInt8) -> Bool) -> Bool {
    var offset = start
    while offset < count {
      guard predicate(self[offset]) else { return false }
      offset += 1
    }
    return true
  }

  /// Digits with `_` or `,` among them.
  fileprivate func groupedDigits(from start: Int) -> Int {
    guard byte(at: start).isDigit else { return 0 }
    var offset = start
    while offset < count,
      self[offset].isDigit || self[offset] == UInt8(ascii: "_") || self[offset] == UInt8(ascii: ",")
    {
      offset += 1
    }
    return offset - start
  }
}
