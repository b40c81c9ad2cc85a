import FlowModel
import JSON
import Source

/// Takes sensitive values out of what is said about a template.
///
/// A value reaches messages on many ways: it is out of range, it makes a name that nothing has, it is what somebody may
/// have meant. All pass here. What is left of a message still names place and cause.
struct Redaction: Sendable {
  /// Stands where a value stood.
  static let placeholder = "(hidden)"

  /// Texts, as they are and as messages quote them, in lower case: names are proposed and compared in any.
  private var texts: [[UInt8]] = []
  /// Every spelling of every number.
  private var numbers: Set<[UInt8]> = []
  /// Shorter texts are hidden only where they stand alone: a single letter is part of every message. In bytes.
  private static let shortLength = 4

  /// `true` and `false` are not hidden: there is nothing to find out.
  mutating func hide(_ value: JSONValue) {
    var rest = [value]
    while let value = rest.popLast() {
      switch value {
      case .null, .bool: continue
      case .string(let text):
        guard !text.isEmpty else { continue }
        let shown = String(quoted(text).dropFirst().dropLast())
        texts += [text, shown].map { $0.utf8.map(Redaction.lowercased) }
        // Text in an expression is read there word by word.
        let words = text.utf8.map(Redaction.lowercased).split { !Redaction.isWord($0) }
        if words.count > 1 || words.first?.count != text.utf8.count {
          texts += words.map(Array.init)
        }
      case .number(let number):
        var spellings = [number.spelling]
        if let node = try? DataNode(json: value), let read = node.number {
          spellings += [read.spelling, read.plainDecimal]
        }
        for spelling in spellings {
          let digits = spelling.hasPrefix("-") ? spelling.dropFirst() : Substring(spelling)
          numbers.insert(digits.utf8.map(Redaction.lowercased))
        }
      case .array(let items): rest += items
      case .object(let object): rest += object.members.map(\.value)
      }
    }
  }

  func applied(to diagnostics: [Diagnostic]) -> [Diagnostic] {
    diagnostics.map { diagnostic in
      var result = diagnostic
      result.message = redacted(diagnostic.message)
      result.related = diagnostic.related.map { Related($0.range, redacted($0.message)) }
      result.fixIts = diagnostic.fixIts.filter { fix in
        places(in: Array(fix.title.utf8)).isEmpty
          && fix.edits.allSatisfy { places(in: Array($0.text.utf8)).isEmpty }
      }
      return result
    }
  }

  private func redacted(_ message: String) -> String {
    let bytes = Array(message.utf8)
    let places = places(in: bytes)
    guard !places.isEmpty else { return message }
    var result: [UInt8] = []
    var end = 0
    var isFirst = true
    for place in places {
      // What overlaps or touches is hidden as one.
      if isFirst || place.lowerBound > end {
        result += bytes[end..<place.lowerBound]
        result += Redaction.placeholder.utf8
      }
      isFirst = false
      end = max(end, place.upperBound)
    }
    return String(decoding: result + bytes[end...], as: UTF8.self)
  }

  /// Where sensitive values stand, by lower bound; they may overlap.
  private func places(in message: [UInt8]) -> [Range<Int>] {
    let bytes = message.map(Redaction.lowercased)
    var places = numberPlaces(in: bytes)
    for text in texts {
      places += textPlaces(of: text, in: bytes)
    }
    return places.sorted { $0.lowerBound < $1.lowerBound }
  }

  private func textPlaces(of text: [UInt8], in bytes: [UInt8]) -> [Range<Int>] {
    var places: [Range<Int>] = []
    guard let first = text.first else { return places }
    for start in bytes.indices {
      // A longer text that is cut short in the middle of the value.
      if bytes[start...].starts(with: Redaction.ellipsis) {
        let count = min(start, text.count)
        if let kept = (0..<count).reversed().first(where: {
          bytes[..<start].suffix($0 + 1).elementsEqual(text.prefix($0 + 1))
        }) {
          places.append(start - kept - 1..<start)
        }
      }
      guard bytes[start] == first, bytes[start...].starts(with: text) else { continue }
      let end = start + text.count
      let standsAlone =
        (start == 0 || !Redaction.isWord(bytes[start - 1]))
        && (end == bytes.count || !Redaction.isWord(bytes[end]))
      if text.count >= Redaction.shortLength || standsAlone { places.append(start..<end) }
    }
    return places
  }

  /// Runs of digits and points, and of what a number with an exponent has besides.
  private func numberPlaces(in bytes: [UInt8]) -> [Range<Int>] {
    guard !numbers.isEmpty else { return [] }
    var places: [Range<Int>] = []
    for isPart in [Redaction.isDecimal, { Redaction.isDecimal($0) || "e+-".utf8.contains($0) }] {
      var start = 0
      while let first = bytes[start...].firstIndex(where: isPart) {
        let end = bytes[first...].firstIndex { !isPart($0) } ?? bytes.count
        var run = bytes[first..<end]
        while let byte = run.first, "e+-.".utf8.contains(byte) { run.removeFirst() }
        while let byte = run.last, "e+-.".utf8.contains(byte) { run.removeLast() }
        if numbers.contains(Array(run)) { places.append(run.indices) }
        start = end
      }
    }
    return places
  }

  private static let ellipsis = Array("…".utf8)

  private static func lowercased(_ byte: UInt8) -> UInt8 {
    byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
  }

  private static func isDecimal(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ".") || (byte >= 0x30 && byte <= 0x39)
  }

  /// A byte of a letter, a digit or `_`.
  private static func isWord(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte == UInt8(ascii: "_") || (byte >= 0x30 && byte <= 0x39)
      || (byte >= 0x61 && byte <= 0x7A)
  }
}
