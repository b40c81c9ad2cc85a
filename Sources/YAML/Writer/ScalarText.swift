/// A scalar's content as each style writes it, as far as the style can hold it in its place.
struct ScalarText {
  let content: [UInt8]
  let isFlow: Bool
  /// It is the root of a document, at the start of a line.
  let isRoot: Bool
  /// A `:` follows it without a space.
  let isKey: Bool
  /// The column of further lines.
  let indent: Int
  let lineBreak: [UInt8]

  /// The scalar in a style, or nil if that cannot hold it.
  func written(_ style: ScalarStyle) -> [UInt8]? {
    switch style {
    case .plain:
      // At the start of a line, three dashes or dots would be a document marker.
      isPlain
        ? (isRoot && content.span.documentMarker(at: 0) != nil ? [0x20] : [])
          + folded(isQuoted: false) : nil
    case .singleQuoted:
      isFoldable && !has(0...0x08, or: 0x0B...0x1F)
        ? [UInt8(ascii: "'")] + folded(isQuoted: true) + [UInt8(ascii: "'")] : nil
    case .doubleQuoted: nil
    case .literal, .folded: isFlow ? nil : block(isFolded: style == .folded)
    }
  }

  private func has(_ first: ClosedRange<UInt8>, or second: ClosedRange<UInt8>) -> Bool {
    content.contains { first.contains($0) || second.contains($0) }
  }

  // MARK: Flow styles

  /// Whether its breaks survive folding: no blanks are beside them.
  private var isFoldable: Bool {
    for (offset, byte) in content.enumerated() where byte == 0x0A {
      if offset > 0, content[offset - 1].isBlank { return false }
      if offset + 1 < content.count, content[offset + 1].isBlank { return false }
    }
    return true
  }

  /// The content with each run of breaks written as one more, and single quotes doubled where it `isQuoted`.
  private func folded(isQuoted: Bool) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(content.count)
    var isAfterBreak = false
    for byte in content {
      if byte == 0x0A {
        if !isAfterBreak { result += lineBreak }
        result += lineBreak
        isAfterBreak = true
        continue
      }
      if isAfterBreak { result += repeatElement(0x20, count: indent) }
      isAfterBreak = false
      result.append(byte)
      if byte == UInt8(ascii: "'"), isQuoted { result.append(byte) }
    }
    if isAfterBreak { result += repeatElement(0x20, count: indent) }
    return result
  }

  /// ns-plain [131] in its place.
  private var isPlain: Bool {
    guard let first = content.first, let last = content.last else { return true }
    guard !first.isBlank, !last.isBlank, first != 0x0A, last != 0x0A, isFoldable else {
      return false
    }
    // The `:` of a key is part of what its own indicators are judged by.
    let isOneLine = isFlow || !content.contains(0x0A)
    let text = isKey && isOneLine ? content + [UInt8(ascii: ":")] : content
    return Self.isPlainStart(text.span, isFlow: isFlow)
      && Self.isPlainBody(text.span, to: content.count, isFlow: isFlow)
      && Encoding.nextFault(content.span, from: 0) == nil
  }

  /// ns-plain-first [126]
  private static func isPlainStart(_ text: Span<UInt8>, isFlow: Bool) -> Bool {
    switch text.byte(at: 0) {
    case UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"):
      return !text.isSeparator(at: 1) && !(isFlow && text.byte(at: 1).isFlowIndicator)
    case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"),
      UInt8(ascii: "}"), UInt8(ascii: "#"), UInt8(ascii: "&"), UInt8(ascii: "*"),
      UInt8(ascii: "!"), UInt8(ascii: "|"), UInt8(ascii: ">"), UInt8(ascii: "'"),
      UInt8(ascii: "\""), UInt8(ascii: "%"), UInt8(ascii: "@"), UInt8(ascii: "`"):
      return false
    default: return true
    }
  }

  /// ns-plain-char(c) [130]: no `: `, no ` #`, in flow context no flow indicator.
  private static func isPlainBody(_ text: Span<UInt8>, to end: Int, isFlow: Bool) -> Bool {
    for offset in 0..<end {
      switch text[offset] {
      case UInt8(ascii: ":"):
        if text.isSeparator(at: offset + 1) { return false }
        if isFlow, text.byte(at: offset + 1).isFlowIndicator { return false }
      case UInt8(ascii: "#"):
        if offset == 0 || text[offset - 1].isBlank || text[offset - 1].isBreak { return false }
      default:
        if isFlow, text[offset].isFlowIndicator { return false }
      }
    }
    return true
  }

  /// Whether a string can be plain for readers of YAML 1.1 and 1.2, in a key or a value, on one line.
  static func isPlainString(_ text: Span<UInt8>, isFlow: Bool) -> Bool {
    if isWords(text, isFlow: isFlow) {
      return CoreScalar(plain: text) == .string && !CoreScalar.isAmbiguousIn11(text)
    }
    guard text.count > 0, !text[0].isBlank, !text[text.count - 1].isBlank else { return false }
    switch text[0] {
    case UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"), UInt8(ascii: "."):
      // A number or marker, or one at first sight.
      if text.count == 1 || !(text[1] | 0x20).isLetter { return false }
      if text[0] == UInt8(ascii: "?") || text[0] == UInt8(ascii: ":") { return false }
    default: break
    }
    guard isPlainStart(text, isFlow: true), isPlainBody(text, to: text.count, isFlow: isFlow) else {
      return false
    }
    for offset in text.indices {
      let byte = text[offset]
      // 1.1 breaks lines at U+0085, U+2028 and U+2029, and forbids tabs and, in flow context, `:` and `?`.
      if byte < 0x20 || byte == 0x7F { return false }
      if isFlow, byte == UInt8(ascii: ":") || byte == UInt8(ascii: "?") { return false }
      if byte >= 0x80, escapeLength(text, offset) != nil { return false }
    }
    guard Encoding.nextFault(text, from: 0) == nil else { return false }
    return CoreScalar(plain: text) == .string && !CoreScalar.isAmbiguousIn11(text)
  }

  /// Whether a text has nothing in it that a plain scalar may not have anywhere, as most have not: it begins with a
  /// letter, and all of it is ASCII without `:`, `#` and what ends things in flow context.
  private static func isWords(_ text: Span<UInt8>, isFlow: Bool) -> Bool {
    guard text.count > 0, (text[0] | 0x20).isLetter, text[text.count - 1] > 0x20 else {
      return false
    }
    for offset in text.indices {
      let byte = text[offset]
      guard byte >= 0x20, byte < 0x7F, byte != UInt8(ascii: ":"), byte != UInt8(ascii: "#"),
        !isFlow || !(byte.isFlowIndicator || byte == UInt8(ascii: "?"))
      else { return false }
    }
    return true
  }

  // MARK: Double quotes

  /// The text in double quotes, on one line, as JSON and YAML both read it.
  static func doubleQuoted(_ text: String) -> [UInt8] {
    doubleQuoted(text.utf8.span)
  }

  private static func doubleQuoted(_ text: Span<UInt8>) -> [UInt8] {
    var result: [UInt8] = [UInt8(ascii: "\"")]
    result.reserveCapacity(text.count + 2)
    var offset = 0
    while offset < text.count {
      let byte = text[offset]
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): result += [UInt8(ascii: "\\"), byte]
      case 0x08: result += Array("\\b".utf8)
      case 0x09: result += Array("\\t".utf8)
      case 0x0A: result += Array("\\n".utf8)
      case 0x0C: result += Array("\\f".utf8)
      case 0x0D: result += Array("\\r".utf8)
      case 0x00..<0x20, 0x7F: append(escape: UInt32(byte), to: &result)
      case 0x80...:
        if let length = escapeLength(text, offset) {
          var value = UInt32(byte & (length == 2 ? 0x1F : 0x0F))
          for next in 1..<length { value = value << 6 | UInt32(text[offset + next] & 0x3F) }
          append(escape: value, to: &result)
          offset += length
          continue
        }
        result.append(byte)
      default: result.append(byte)
      }
      offset += 1
    }
    result.append(UInt8(ascii: "\""))
    return result
  }

  /// The length of a character that is escaped though it is not ASCII: C1 controls, the breaks of YAML 1.1, the byte
  /// order mark and U+FFFE and U+FFFF.
  private static func escapeLength(_ text: Span<UInt8>, _ offset: Int) -> Int? {
    let second = text.byte(at: offset + 1)
    let third = text.byte(at: offset + 2)
    switch text[offset] {
    case 0xC2: return second < 0xA0 ? 2 : nil
    case 0xE2: return second == 0x80 && (third == 0xA8 || third == 0xA9) ? 3 : nil
    case 0xEF:
      if second == 0xBB, third == 0xBF { return 3 }
      return second == 0xBF && third >= 0xBE ? 3 : nil
    default: return nil
    }
  }

  private static func append(escape value: UInt32, to result: inout [UInt8]) {
    let digits = String(value, radix: 16, uppercase: true)
    result += Array("\\u".utf8)
    result += repeatElement(UInt8(ascii: "0"), count: max(0, 4 - digits.utf8.count))
    result += Array(digits.utf8)
  }

  // MARK: Block styles

  /// c-l+literal [170] or c-l+folded [174]: header, break and lines, the last with its break.
  private func block(isFolded: Bool) -> [UInt8]? {
    if has(0...0x08, or: 0x0B...0x1F) || Encoding.nextFault(content.span, from: 0) != nil {
      return nil
    }
    var result = [isFolded ? UInt8(ascii: ">") : UInt8(ascii: "|")]
    let lines = content.split(separator: 0x0A, omittingEmptySubsequences: false)
    let hasText = lines.contains { !$0.isEmpty }
    // The indentation cannot be found from a first line that starts with a space.
    if lines.first(where: { !$0.isEmpty })?.first == 0x20 { result.append(UInt8(ascii: "2")) }
    if content.last != 0x0A {
      result.append(UInt8(ascii: "-"))
    } else if !hasText || content.dropLast().last == 0x0A {
      result.append(UInt8(ascii: "+"))
    }
    result += lineBreak
    // A break at the end is no line of its own.
    let count = content.last == 0x0A || content.isEmpty ? lines.count - 1 : lines.count
    var isTextBefore = false
    for line in lines.prefix(count) {
      guard !line.isEmpty else {
        result += lineBreak
        continue
      }
      let isText = line.first.map { !$0.isBlank } ?? false
      if isFolded, isTextBefore, isText { result += lineBreak }
      result += repeatElement(0x20, count: indent)
      result += line
      result += lineBreak
      isTextBefore = isText
    }
    return result
  }
}

extension UInt8 {
  fileprivate var isLetter: Bool { self >= UInt8(ascii: "a") && self <= UInt8(ascii: "z") }
}
