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
  /// timestamp, merge (`<<`) and value (`=`), with the wider spellings that libyaml's and PyYAML's users meet.
  package static func isAmbiguousIn11(_ text: String) -> Bool {
    isAmbiguousIn11(text.utf8.span)
  }

  static func isAmbiguousIn11(_ text: Span<UInt8>) -> Bool {
    if text.equals("<<") || text.equals("=") { return true }
    for word in ["yes", "no", "on", "off", "y", "n"] where text.isWord(word) { return true }
    switch text.byte(at: 0) {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"),
      UInt8(ascii: "."):
      break
    default: return false
    }
    // Within the 1.1 numbers and timestamps nothing but these occurs; a date may hold T, t, Z and blanks.
    let spelling = text.allSatisfy(from: 0) { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"),
        UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: " "),
        UInt8(ascii: "\t"), UInt8(ascii: "T"), UInt8(ascii: "t"), UInt8(ascii: "Z"),
        UInt8(ascii: "z"), UInt8(ascii: "b"), UInt8(ascii: "x"), UInt8(ascii: "o"),
        UInt8(ascii: "a"), UInt8(ascii: "c")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"):
        true
      default: false
      }
    }
    guard spelling else { return false }
    var hasDigit = false
    for offset in text.indices where text[offset].isDigit { hasDigit = true }
    guard hasDigit else { return false }
    switch number(text) {
    case .integer:
      // 1.1 reads a leading zero as octal (or, with 8 or 9, as text), and does not know 0o.
      var offset = 0
      if text[0] == UInt8(ascii: "-") || text[0] == UInt8(ascii: "+") { offset = 1 }
      if text.byte(at: offset) == UInt8(ascii: "0"), text.count - offset > 1 {
        return text[offset + 1] != UInt8(ascii: "x")
      }
      return false
    case .float:
      // 1.1 wants a dot in a number with an exponent, and a sign in the exponent.
      guard let exponent = text.firstIndex(of: UInt8(ascii: "e"), or: UInt8(ascii: "E")) else {
        return false
      }
      let dot = text.firstIndex(of: UInt8(ascii: "."), or: UInt8(ascii: ".")) ?? text.count
      let sign = text.byte(at: exponent + 1)
      return dot > exponent || (sign != UInt8(ascii: "-") && sign != UInt8(ascii: "+"))
    default:
      return true
    }
  }
}

extension UInt8 {
  var isDigit: Bool { self >= 0x30 && self <= 0x39 }
  var isHexDigit: Bool {
    isDigit || (self | 0x20 >= UInt8(ascii: "a") && self | 0x20 <= UInt8(ascii: "f"))
  }
}

extension Span<UInt8> {
  func equals(_ word: StaticString) -> Bool { equals(word.description) }

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

  fileprivate func firstIndex(of byte: UInt8, or other: UInt8) -> Int? {
    for offset in indices where self[offset] == byte || self[offset] == other { return offset }
    return nil
  }
}
