package import Source
package import Wire

/// Turns bytes of one text into LSP positions and back, in the encoding that was agreed.
///
/// The only place where lines and characters are known.
package struct Positions: Sendable {
  private let text: SourceText
  private let lines: LineTable
  private let encoding: PositionEncoding
  /// Places within long lines, in order, so that a position in one takes no longer than in a short one.
  private let marks: [Mark]

  private struct Mark: Sendable {
    let place: Int
    let character: Int
  }

  /// Bytes between two marks.
  private static let markDistance = 1_024

  package init(_ text: SourceText, _ encoding: PositionEncoding) {
    self.text = text
    self.encoding = encoding
    lines = LineTable(text)
    marks = encoding == .utf8 ? [] : Positions.marks(text, lines, encoding)
  }

  /// - Parameter offset: past the end it is the end; inside a character it is the character's start.
  package func position(of offset: Int) -> WirePosition {
    let line = lines.line(at: offset)
    let end = min(offset, text.count)
    let start = lines.starts[line]
    guard encoding != .utf8 else { return WirePosition(line: line, character: end - start) }
    let mark = mark(before: end)
    var (place, character) = mark.place > start ? (mark.place, mark.character) : (start, 0)
    while place < end {
      let length = Positions.length(of: text.bytes[place])
      if place + length > end { break }
      character += Positions.units(length, encoding)
      place += length
    }
    return WirePosition(line: line, character: character)
  }

  /// The last mark up to a place; the start of the text where there is none.
  private func mark(before place: Int) -> Mark {
    var low = 0
    var high = marks.count
    while low < high {
      let middle = low + (high - low) / 2
      if marks[middle].place <= place { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? marks[low - 1] : Mark(place: 0, character: 0)
  }

  private static func marks(_ text: SourceText, _ lines: LineTable, _ encoding: PositionEncoding)
    -> [Mark]
  {
    var marks: [Mark] = []
    let bytes = text.bytes.span
    for (line, start) in lines.starts.enumerated() {
      let end = line + 1 < lines.lineCount ? lines.starts[line + 1] : bytes.count
      guard end - start > markDistance else { continue }
      var place = start
      var character = 0
      var next = start + markDistance
      while place < end {
        if place >= next {
          marks.append(Mark(place: place, character: character))
          next = place + markDistance
        }
        let length = length(of: bytes[place])
        character += units(length, encoding)
        place += length
      }
    }
    return marks
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
      let units = Positions.units(length, encoding)
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

  /// Code units of a character of so many bytes.
  static func units(_ length: Int, _ encoding: PositionEncoding) -> Int {
    switch encoding {
    case .utf8: length
    case .utf16: length == 4 ? 2 : 1
    case .utf32: 1
    }
  }

  /// Bytes of the character that a byte begins; 1 for a byte that begins none.
  static func length(of byte: UInt8) -> Int {
    switch byte {
    case 0xC2...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF4: 4
    default: 1
    }
  }
}

extension WireDiagnostic {
  package init(_ diagnostic: Diagnostic, _ positions: Positions, uri: String? = nil) {
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
