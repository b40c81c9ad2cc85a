package import Source
package import Wire

/// Turns bytes of one text into LSP positions and back, in the encoding that was agreed.
///
/// The only place where lines and characters are known.
package struct Positions: Sendable {
  private let text: SourceText
  private let lines: LineTable
  private let encoding: PositionEncoding

  package init(_ text: SourceText, _ encoding: PositionEncoding) {
    self.text = text
    self.encoding = encoding
    lines = LineTable(text)
  }

  /// - Parameter offset: past the end it is the end; inside a character it is the character's start.
  package func position(of offset: Int) -> WirePosition {
    let line = lines.line(at: offset)
    var character = 0
    var place = lines.starts[line]
    let end = min(offset, text.count)
    while place < end {
      let byte = text.bytes[place]
      let length = Positions.length(of: byte)
      if place + length > end, encoding != .utf8 { break }
      switch encoding {
      case .utf8: character += 1
      case .utf16:
        character += length == 4 ? 2 : 1
        place += length - 1
      case .utf32:
        character += 1
        place += length - 1
      }
      place += 1
    }
    return WirePosition(line: line, character: character)
  }

  package func range(_ range: ByteRange) -> WireRange {
    WireRange(start: position(of: range.start), end: position(of: range.end))
  }

  /// The byte at a position. A character past the end of its line is the end of the line before its break, and a line
  /// past the end is the end of the text, as LSP has it.
  package func offset(of position: WirePosition) -> Int {
    guard let range = lines.range(ofLine: position.line) else { return text.count }
    var left = position.character
    var place = range.start
    while place < range.end {
      let byte = text.bytes[place]
      if byte == 0x0A || byte == 0x0D { break }
      let length = min(Positions.length(of: byte), range.end - place)
      let units =
        switch encoding {
        case .utf8: length
        case .utf16: length == 4 ? 2 : 1
        case .utf32: 1
        }
      // A position inside a character is the character's start.
      guard left >= units else { break }
      left -= units
      place += length
    }
    return place
  }

  /// - Returns: nil if the end is before the start.
  package func bytes(_ range: WireRange) -> ByteRange? {
    let start = offset(of: range.start)
    let end = offset(of: range.end)
    return start <= end ? ByteRange(start, end) : nil
  }

  /// Bytes of the character that a byte begins; 1 for a byte that begins none.
  private static func length(of byte: UInt8) -> Int {
    switch byte {
    case 0xC2...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF4: 4
    default: 1
    }
  }
}

extension WireDiagnostic {
  init(_ diagnostic: Diagnostic, _ positions: Positions, uri: String? = nil) {
    self.init(
      range: positions.range(diagnostic.range), severity: diagnostic.severity.rawValue,
      code: diagnostic.code.rawValue, message: diagnostic.message, path: diagnostic.path,
      related: diagnostic.related.map {
        Note(range: positions.range($0.range), message: $0.message)
      },
      fixes: diagnostic.fixIts.map { fix in
        Fix(
          title: fix.title,
          edits: fix.edits.map { edit in (range: positions.range(edit.range), newText: edit.text) })
      }, uri: uri)
  }
}
