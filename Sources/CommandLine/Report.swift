package import JSON
package import Source

/// Diagnostics of one text, as a client got them, ready to be shown.
package struct Report {
  /// The file's name, or the template's id.
  package let name: String
  /// nil where the text is not at hand: then places are shown without their line.
  package let text: SourceText?
  package let diagnostics: [JSONObject]

  package init(name: String, text: SourceText?, diagnostics: JSONValue?) {
    self.name = name
    self.text = text
    self.diagnostics = diagnostics?.arrayValue?.compactMap(\.objectValue) ?? []
  }

  package var errorCount: Int { diagnostics.count { $0["severity"]?.numberValue?.integer == 1 } }

  /// `FILE:LINE:COLUMN: error: …`, the line, a caret; one block a finding.
  ///
  /// Lines and columns count from 1, columns in code points.
  package func text(color: Bool) -> String {
    let lines = text.map { LineTable($0) }
    var result = ""
    for diagnostic in diagnostics {
      let severity = Severity(rawValue: diagnostic["severity"]?.numberValue?.integer ?? 1) ?? .error
      let word = severity == .error ? "error" : severity == .warning ? "warning" : "note"
      let style = severity == .error ? "1;31" : "1;35"
      let message = diagnostic["message"]?.stringValue ?? ""
      let code = diagnostic["code"]?.stringValue ?? ""
      let place = Place(diagnostic["range"]?.objectValue, text, lines)
      result += paint("\(name):\(place.label): ", "1", color) + paint("\(word): ", style, color)
      result += paint(message, "1", color) + " [\(code)]\n"
      result += place.excerpt(color: color, style: style)
      for related in diagnostic["data"]?.objectValue?["related"]?.arrayValue ?? [] {
        let other = Place(related.objectValue?["range"]?.objectValue, text, lines)
        result +=
          "  \(name):\(other.label): note: \(related.objectValue?["message"]?.stringValue ?? "")\n"
      }
      for fix in diagnostic["data"]?.objectValue?["fixes"]?.arrayValue ?? [] {
        result += "  fix: \(fix.objectValue?["title"]?.stringValue ?? "")\n"
      }
    }
    return result
  }

  private func paint(_ text: String, _ style: String, _ color: Bool) -> String {
    color ? "\u{1B}[\(style)m\(text)\u{1B}[0m" : text
  }
}

/// A range of a diagnostic in code points, as the terminal shows it.
private struct Place {
  /// `LINE:COLUMN`.
  let label: String
  private let line: Int
  private let content: String
  private let before: Int
  private let width: Int
  /// Longest line that is shown, in bytes with its break.
  private static let lineLengthMax = 400

  init(_ range: JSONObject?, _ text: SourceText?, _ lines: LineTable?) {
    let start = range?["start"]?.objectValue
    let end = range?["end"]?.objectValue
    let line = start?["line"]?.numberValue?.integer ?? 0
    let character = start?["character"]?.numberValue?.integer ?? 0
    self.line = line
    guard let text, let bytes = lines?.range(ofLine: line) else {
      label = "\(line.oneBased):\(character.oneBased)"
      content = ""
      before = 0
      width = 0
      return
    }
    guard bytes.count <= Place.lineLengthMax else {
      // A line may have as many findings as characters, so that none reads it.
      label = "\(line.oneBased):\(min(max(character, 0), bytes.count).oneBased)"
      content = ""
      before = 0
      width = 0
      return
    }
    let lineText = text.bytes[bytes.start..<bytes.end].prefix { $0 != 0x0A && $0 != 0x0D }
    content = String(decoding: lineText, as: UTF8.self)
    let count = content.unicodeScalars.count
    before = min(max(character, 0), count)
    let isOneLine = end?["line"]?.numberValue?.integer == line
    let last = isOneLine ? min(end?["character"]?.numberValue?.integer ?? before, count) : count
    width = max(0, last - before)
    label = "\(line.oneBased):\(before + 1)"
  }

  /// The line and a caret under the range; nothing where the line is unknown or too long to be of use.
  func excerpt(color: Bool, style: String) -> String {
    guard !content.isEmpty else { return "" }
    let number = String(line.oneBased)
    let gutter = spaces(max(0, 5 - number.count)) + number
    // A tab would move the caret, another control character the terminal.
    var shown = ""
    for scalar in content.unicodeScalars {
      let isControl = scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)
      shown.unicodeScalars.append(isControl ? " " : scalar)
    }
    let marks = "^" + String(repeating: "~", count: max(0, width - 1))
    let colored = color ? "\u{1B}[\(style)m\(marks)\u{1B}[0m" : marks
    return "\(gutter) | \(shown)\n\(spaces(max(5, number.count))) | \(spaces(before))\(colored)\n"
  }
}

extension Int {
  /// As people count, from 1. A daemon may send any number, so it must not overflow.
  package var oneBased: Int { self < Int.max ? self + 1 : self }
}
