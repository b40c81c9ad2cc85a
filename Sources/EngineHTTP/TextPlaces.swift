import JSON
import Source

/// Findings in a client's text, in the form that the JSON-RPC door has for them: lines and UTF-16 characters from 0.
struct TextPlaces {
  private let text: SourceText
  private let lines: LineTable

  init(_ text: SourceText) {
    self.text = text
    lines = LineTable(text)
  }

  /// - Complexity: O(length of the lines at both ends).
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
    let end = min(offset, text.count)
    let before = text.string(in: ByteRange(min(lines.starts[line], end), end))
    return ["line": .number(line), "character": .number(before.utf16.count)]
  }
}
