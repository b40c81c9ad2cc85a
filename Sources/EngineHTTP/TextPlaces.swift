import JSON
import Source

/// Findings in a client's text, in the form that the JSON-RPC door has for them: lines and UTF-16 characters from 0.
struct TextPlaces {
  private let bytes: [UInt8]
  private let lines: LineTable
  /// UTF-16 units before every place that is a multiple of ``markDistance``, so that a place in a long line takes no longer
  /// than one in a short line.
  private let marks: [Int]

  private static let markDistance = 1_024

  /// Complexity: O(length of the text).
  init(_ text: SourceText) {
    bytes = text.bytes
    lines = LineTable(text)
    var marks: [Int] = []
    var units = 0
    for (place, byte) in text.bytes.enumerated() {
      if place % Self.markDistance == 0 { marks.append(units) }
      units += Self.units(of: byte)
    }
    marks.append(units)
    self.marks = marks
  }

  /// Units that a byte begins: a character counts where it starts.
  private static func units(of byte: UInt8) -> Int {
    byte & 0xC0 == 0x80 ? 0 : byte >= 0xF0 ? 2 : 1
  }

  /// UTF-16 units before a place of the text.
  private func units(before place: Int) -> Int {
    let mark = place / Self.markDistance
    guard marks.indices.contains(mark) else { return marks.last ?? 0 }
    return bytes[mark * Self.markDistance..<place].reduce(marks[mark]) {
      $0 + Self.units(of: $1)
    }
  }

  func json(of diagnostic: Diagnostic) -> JSONValue {
    let code = diagnostic.code.rawValue
    var data = JSONObject()
    if !diagnostic.path.isEmpty { data["path"] = .string(diagnostic.path) }
    if !diagnostic.related.isEmpty {
      data["related"] = .array(
        diagnostic.related.map {
          ["range": range($0.range), "message": .string($0.message)]
        })
    }
    return [
      "range": range(diagnostic.range), "severity": .number(diagnostic.severity.rawValue),
      "code": .string(code),
      "codeDescription": ["href": .string("docs/reference/diagnostics.md#\(code)")],
      "source": "flowtime-engine", "message": .string(diagnostic.message), "data": .object(data),
    ]
  }

  private func range(_ range: ByteRange) -> JSONValue {
    ["start": position(range.start), "end": position(range.end)]
  }

  private func position(_ offset: Int) -> JSONValue {
    let line = lines.line(at: offset)
    let place = min(offset, bytes.count)
    let character = units(before: place) - units(before: min(lines.starts[line], place))
    return ["line": .number(line), "character": .number(character)]
  }
}
