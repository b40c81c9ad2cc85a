import Source

/// What a topology node is. The set is open: a kind of another name is nothing that rules and generation know.
///
/// Source: docs/reference/template.md, "Topology nodes".
package enum TopologyKind: String, CaseIterable, Sendable {
  case service, serviceWithBuffer, queue, dlq, router, sink, dependency

  /// Whether a node of this kind holds a queue, which is made where none is named.
  package var hasQueue: Bool {
    switch self {
    case .serviceWithBuffer, .queue, .dlq: true
    case .service, .router, .sink, .dependency: false
    }
  }

  /// What a kind's text says.
  package enum Reading: Hashable, Sendable {
    case known(TopologyKind)
    /// A kind of which nothing is known.
    case other
    /// Nearly a known kind, and blamed for that.
    case misspelt(TopologyKind)

    package init(_ text: String) {
      if let kind = TopologyKind(rawValue: text) {
        self = .known(kind)
      } else if let near = TopologyKind.near(text) {
        self = .misspelt(near)
      } else {
        self = .other
      }
    }
  }

  /// Shorter words with another letter are kinds of their own: `link` is no `sink`. With the same letters in another
  /// order, with one more or without one they are not: `snik`, `dlqq`.
  private static let nearLengthMin = 5

  private static func near(_ text: String) -> TopologyKind? {
    let letters = folded(text)
    if let same = allCases.first(where: { folded($0.rawValue) == letters }) { return same }
    let near = Suggestion.only(text, among: allCases.map(\.rawValue)).flatMap {
      TopologyKind(rawValue: $0)
    }
    guard letters.count < nearLengthMin, let near else { return near }
    let meant = folded(near.rawValue)
    return letters.count != meant.count || letters.sorted() == meant.sorted() ? near : nil
  }

  /// Without case, white space, `_` and `-`.
  private static func folded(_ text: String) -> [UInt8] {
    text.utf8.filter { $0 != 0x20 && $0 != 0x5F && $0 != 0x2D }.map {
      $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0
    }
  }
}
