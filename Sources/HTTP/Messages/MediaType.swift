/// What kind of thing a body is. Source: RFC 9110 section 8.3.1.
///
/// Types are equal if type and subtype are, whatever their case and parameters.
package struct MediaType: Hashable, Sendable {
  /// In lower case, without parameters.
  package let essence: String
  /// As it is written into an answer.
  package let text: String

  /// - Returns: nil for what is no `type/subtype` with parameters behind it, or has control characters in it.
  package init?(_ text: String) {
    guard text.utf8.allSatisfy(Grammar.isValueByte) else { return nil }
    let whole = Grammar.trimmed(Substring(text))
    let essence = Grammar.trimmed(
      Substring(whole.utf8.split(separator: 0x3B, maxSplits: 1).first ?? whole.utf8[...]))
    let parts = essence.utf8.split(separator: 0x2F, omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ Grammar.isToken($0) }) else { return nil }
    self.essence = String(decoding: essence.utf8.map(Grammar.lowercased), as: UTF8.self)
    self.text = String(whole)
  }

  private init(known text: String) {
    essence = String(decoding: text.utf8.prefix { $0 != 0x3B }, as: UTF8.self)
    self.text = text
  }

  package static let json = MediaType(known: "application/json")
  package static let problem = MediaType(known: "application/problem+json")
  package static let yaml = MediaType(known: "application/yaml")
  package static let csv = MediaType(known: "text/csv; charset=utf-8")
  package static let plain = MediaType(known: "text/plain; charset=utf-8")
  package static let svg = MediaType(known: "image/svg+xml")
  package static let bytes = MediaType(known: "application/octet-stream")

  package static func == (left: MediaType, right: MediaType) -> Bool {
    left.essence.utf8.elementsEqual(right.essence.utf8)
  }

  package func hash(into hasher: inout Hasher) {
    for byte in essence.utf8 { hasher.combine(byte) }
  }

  /// The one of `offered` that a client likes best, the first of those it likes alike.
  ///
  /// Source: RFC 9110 section 12.5.1. Of ranges that name a type, the most exact one counts; what is no range is passed
  /// over, and who names none takes anything.
  /// - Parameter accept: The values of all `Accept` fields.
  /// - Returns: nil if none is acceptable.
  package static func preferred(of offered: [MediaType], accept: [String]) -> MediaType? {
    let ranges = Grammar.elements(accept).compactMap { Range($0) }
    guard !ranges.isEmpty else { return offered.first }
    var best: (type: MediaType, weight: Int)?
    for type in offered {
      let matching = ranges.filter { $0.exactness(for: type) > 0 }
      let exactness = matching.map { $0.exactness(for: type) }.max() ?? 0
      let weight =
        matching.filter { $0.exactness(for: type) == exactness }.map(\.weight).max() ?? 0
      if weight > best?.weight ?? 0 { best = (type, weight) }
    }
    return best?.type
  }

  /// An element of `Accept`.
  private struct Range {
    let type: MediaType
    /// Thousandths.
    let weight: Int

    init?(_ text: Substring) {
      guard let type = MediaType(String(text)) else { return nil }
      self.type = type
      var weight = 1_000
      for parameter in text.utf8.split(separator: 0x3B).dropFirst() {
        let parameter = Grammar.trimmed(Substring(parameter))
        guard parameter.utf8.count > 2, Grammar.isSame(parameter.prefix(2), "q=") else { continue }
        guard let value = Self.thousandths(Array(parameter.utf8.dropFirst(2))) else { return nil }
        weight = value
      }
      self.weight = weight
    }

    /// `qvalue`: 0 to 1 with at most three digits behind the point.
    private static func thousandths(_ text: [UInt8]) -> Int? {
      guard let first = text.first, first == 0x30 || first == 0x31, text.count <= 5 else {
        return nil
      }
      var digits = text.dropFirst()
      if let point = digits.popFirst(), point != 0x2E { return nil }
      guard digits.allSatisfy(Grammar.isDigit) else { return nil }
      var value = Int(first - 0x30)
      for place in 0..<3 {
        value = value * 10 + Int(digits.dropFirst(place).first.map { $0 - 0x30 } ?? 0)
      }
      return value <= 1_000 ? value : nil
    }

    /// 3 for the type itself, 2 for `type/*`, 1 for `*/*`, 0 for another.
    func exactness(for other: MediaType) -> Int {
      if type == other { return 3 }
      if type.essence.utf8.elementsEqual("*/*".utf8) { return 1 }
      guard type.essence.utf8.suffix(2).elementsEqual("/*".utf8) else { return 0 }
      return other.essence.utf8.starts(with: type.essence.utf8.dropLast()) ? 2 : 0
    }
  }
}
