package import JSON

/// What a message must look like: JSON in which `…` stands for what is left open.
///
/// Notation: protocol/README.md, "Transcripts". Members must come in the order of the pattern, each once.
package struct MessagePattern: Sendable {
  private let value: JSONValue

  /// A bare `…` once the pattern is JSON: a string that no message holds.
  private static let hole = "\u{E000}"

  package struct Malformed: Error {
    package let message: String
  }

  package init(_ text: String) throws(Malformed) {
    let document: JSONDocument
    do throws(JSONFailure) {
      document = try JSONDocument.parse(Array(Self.withHoles(text).utf8))
    } catch {
      throw Malformed(message: "\(error.message) in the pattern \(text)")
    }
    // Only the last would be looked for.
    guard document.duplicateNames.isEmpty else {
      throw Malformed(message: "a member comes twice in the pattern \(text)")
    }
    value = document.root
  }

  /// - Returns: where the value first differs, and how; nil if it fits.
  package func mismatch(_ value: JSONValue) -> String? {
    Self.mismatch(self.value, value, "message")
  }

  /// Replaces each `…` outside strings by a hole: as a member where it ends an object, else as a value.
  private static func withHoles(_ text: String) -> String {
    var result = ""
    var openings: [Character] = []
    var last: Character = " "
    var isInString = false
    var isEscaped = false
    for character in text {
      if isInString {
        if character == "\"", !isEscaped { isInString = false }
        isEscaped = character == "\\" && !isEscaped
        result.append(character)
        last = character
        continue
      }
      switch character {
      case "\"": isInString = true
      case "{", "[": openings.append(character)
      case "}", "]": _ = openings.popLast()
      default: break
      }
      if character == "…" {
        let isMember = openings.last == "{" && (last == "{" || last == ",")
        result += isMember ? "\"\(hole)\":0" : "\"\(hole)\""
      } else {
        result.append(character)
      }
      if !character.isWhitespace { last = character }
    }
    return result
  }

  private static func mismatch(_ pattern: JSONValue, _ value: JSONValue, _ path: String) -> String?
  {
    switch (pattern, value) {
    case (.string(hole), _): return nil
    case (.string(let pattern), .string(let text)):
      return fits(pattern, text) ? nil : "\(path) is \"\(text)\", not \"\(pattern)\""
    case (.array(let patterns), .array(let items)):
      return mismatch(patterns, items, path)
    case (.object(let pattern), .object(let object)):
      return mismatch(pattern, object, path)
    default:
      return pattern == value ? nil : "\(path) is \(value.text()), not \(pattern.text())"
    }
  }

  private static func mismatch(_ patterns: [JSONValue], _ items: [JSONValue], _ path: String)
    -> String?
  {
    let isOpen = patterns.last == .string(hole)
    let known = isOpen ? patterns.dropLast() : patterns[...]
    guard isOpen ? items.count >= known.count : items.count == known.count else {
      return "\(path) has \(items.count) items, not \(known.count)\(isOpen ? " or more" : "")"
    }
    for (index, pattern) in known.enumerated() {
      if let found = mismatch(pattern, items[index], "\(path)[\(index)]") { return found }
    }
    return nil
  }

  private static func mismatch(_ pattern: JSONObject, _ object: JSONObject, _ path: String)
    -> String?
  {
    let isOpen = pattern.members.last?.name == hole
    var rest = object.members[...]
    for expected in isOpen ? pattern.members.dropLast() : pattern.members[...] {
      let place = isOpen ? rest.firstIndex { $0.name == expected.name } : rest.indices.first
      guard let place, rest[place].name == expected.name else {
        return "\(path) has no member '\(expected.name)' in its place"
      }
      let member = rest[place]
      rest = rest[(place + 1)...]
      if let found = mismatch(expected.value, member.value, "\(path).\(expected.name)") {
        return found
      }
    }
    if !isOpen, let extra = rest.first { return "\(path) has a member '\(extra.name)' too many" }
    return nil
  }

  /// Whether a text is the pattern with any text for each `…`.
  private static func fits(_ pattern: String, _ text: String) -> Bool {
    let hole = Array("…".utf8)
    let bytes = Array(pattern.utf8)
    var pieces: [ArraySlice<UInt8>] = []
    var start = 0
    var offset = 0
    while offset < bytes.count {
      if bytes[offset...].starts(with: hole) {
        pieces.append(bytes[start..<offset])
        offset += hole.count
        start = offset
      } else {
        offset += 1
      }
    }
    let end = bytes[start...]
    var rest = Array(text.utf8)[...]
    guard let first = pieces.first else { return rest.elementsEqual(end) }
    guard rest.starts(with: first) else { return false }
    rest = rest.dropFirst(first.count)
    for piece in pieces.dropFirst() {
      guard let place = rest.indices.first(where: { rest[$0...].starts(with: piece) }) else {
        return false
      }
      rest = rest[(place + piece.count)...]
    }
    return rest.count >= end.count && rest.suffix(end.count).elementsEqual(end)
  }
}
