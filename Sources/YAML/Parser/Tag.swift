import Source

/// Tags as they are written and what they stand for (YAML 1.2.2 section 6.9.1).
enum Tag {
  /// c-tag-handle [89]
  static func isHandle(_ word: Span<UInt8>) -> Bool {
    guard word.byte(at: 0) == UInt8(ascii: "!") else { return false }
    guard word.count > 1 else { return true }
    guard word[word.count - 1] == UInt8(ascii: "!") else { return false }
    for offset in 1..<(word.count - 1) where !isWordByte(word[offset]) { return false }
    return true
  }

  /// ns-word-char [38]
  static func isWordByte(_ byte: UInt8) -> Bool {
    byte.isDigit || byte == UInt8(ascii: "-")
      || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
  }

  /// ns-uri-char [39], a `%` being checked by the caller.
  static func isURIByte(_ byte: UInt8) -> Bool {
    if isWordByte(byte) { return true }
    switch byte {
    case UInt8(ascii: "#"), UInt8(ascii: ";"), UInt8(ascii: "/"), UInt8(ascii: "?"),
      UInt8(ascii: ":"), UInt8(ascii: "@"), UInt8(ascii: "&"), UInt8(ascii: "="),
      UInt8(ascii: "+"), UInt8(ascii: "$"), UInt8(ascii: ","), UInt8(ascii: "_"),
      UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "~"), UInt8(ascii: "*"),
      UInt8(ascii: "'"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["),
      UInt8(ascii: "]"), UInt8(ascii: "%"):
      return true
    default: return false
    }
  }

  /// The length of the handle a shorthand starts with: `!`, `!!` or `!name!`.
  static func handleLength(_ tag: Span<UInt8>) -> Int {
    var offset = 1
    while offset < tag.count {
      if tag[offset] == UInt8(ascii: "!") { return offset + 1 }
      if !isWordByte(tag[offset]) { return 1 }
      offset += 1
    }
    return 1
  }

  /// The whole tag that a written one stands for, `%xx` decoded.
  ///
  /// Also in a verbatim tag, which YAML 1.2.2 would hand on as it is: else a tag that a shorthand spells with `%7B`
  /// could not be written without that shorthand.
  static func resolved(
    _ range: Range<Int>, _ properties: Properties, in storage: YAMLTree.Storage
  ) -> String {
    let bytes = storage.text.bytes
    let text = bytes.span
    let tag = text.extracting(range)
    if tag.byte(at: 1) == UInt8(ascii: "<") {
      let end = tag[tag.count - 1] == UInt8(ascii: ">") ? tag.count - 1 : tag.count
      return decoded(tag.extracting(min(2, end)..<end), after: [])
    }
    if tag.count == 1 { return "!" }
    let length = handleLength(tag)
    let suffix = tag.extracting(length..<tag.count)
    if properties.directive >= 0 {
      let prefix = storage.tagDirectives[Int(properties.directive)].prefix
      return decoded(suffix, after: Array(bytes[prefix]))
    }
    if length == 2 { return decoded(suffix, after: Array("tag:yaml.org,2002:".utf8)) }
    return decoded(suffix, after: Array(storage.text.bytes[range.prefix(length)]))
  }

  private static func decoded(_ suffix: Span<UInt8>, after prefix: [UInt8]) -> String {
    var bytes = prefix
    var offset = 0
    while offset < suffix.count {
      if suffix[offset] == UInt8(ascii: "%"), let high = suffix.byte(at: offset + 1).hexValue,
        let low = suffix.byte(at: offset + 2).hexValue
      {
        bytes.append(UInt8(truncatingIfNeeded: high << 4 | low))
        offset += 3
      } else {
        bytes.append(suffix[offset])
        offset += 1
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A tag as it is written without directives: `!!str`, `!local`, `!` or `!<tag>`.
  static func written(_ tag: String) -> String {
    let standard = "tag:yaml.org,2002:"
    if tag == "!" { return tag }
    if tag.utf8.starts(with: standard.utf8), tag.utf8.count > standard.utf8.count {
      return "!!" + encoded(tag.utf8.dropFirst(standard.utf8.count), isShorthand: true)
    }
    if tag.utf8.first == UInt8(ascii: "!") {
      return "!" + encoded(tag.utf8.dropFirst(), isShorthand: true)
    }
    return "!<" + encoded(tag.utf8[...], isShorthand: false) + ">"
  }

  private static func encoded(_ name: Substring.UTF8View, isShorthand: Bool) -> String {
    var result: [UInt8] = []
    for byte in name {
      let isOther = byte == UInt8(ascii: "!") || byte.isFlowIndicator
      if isURIByte(byte), byte != UInt8(ascii: "%"), !(isShorthand && isOther) {
        result.append(byte)
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        result += Array("%\(digits.utf8.count == 1 ? "0" : "")\(digits)".utf8)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}

extension UInt8 {
  /// The value of a hexadecimal digit.
  var hexValue: UInt32? {
    if isDigit { return UInt32(self) - 0x30 }
    let letter = self | 0x20
    guard letter >= UInt8(ascii: "a"), letter <= UInt8(ascii: "f") else { return nil }
    return UInt32(letter) - UInt32(UInt8(ascii: "a")) + 10
  }
}

extension Span<UInt8> {
  func equals(_ other: Span<UInt8>) -> Bool {
    guard count == other.count else { return false }
    for offset in indices where self[offset] != other[offset] { return false }
    return true
  }
}
