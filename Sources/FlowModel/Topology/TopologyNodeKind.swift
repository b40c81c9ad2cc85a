import Source

/// What a topology node is, by its `kind` and its `nodeRole`: rules and generation go by this alone.
///
/// Source: docs/reference/template.md, "Topology nodes".
package struct TopologyNodeKind: Sendable {
  /// What is written as its kind; nil where nothing is, or it is not known.
  package let reading: TopologyKind.Reading?
  private let isSinkByRole: Bool

  package init(of node: DataNode) {
    self.init(of: node) { TopologyKind.Reading($0) }
  }

  /// - Parameter read: reads a kind's text.
  init(of node: DataNode, read: (String) -> TopologyKind.Reading) {
    let kind = node["kind"]
    reading = kind?.isBlank == true ? nil : kind?.string.map(read)
    isSinkByRole = node["nodeRole"]?.string.map { ExactString($0) == "sink" } ?? false
  }

  /// The role makes a sink of a service, and of a kind that means nothing; nil where nothing is known of the node.
  package var known: TopologyKind? {
    switch reading {
    case .known(.service), .misspelt(.service), .misspelt(.sink), .other:
      if isSinkByRole { return .sink }
    case .known, .misspelt, nil: break
    }
    return if case .known(let kind) = reading { kind } else { nil }
  }

  /// Whether what it is cannot be told, which another rule says: nothing more is said of it.
  var isDoubtful: Bool {
    switch reading {
    case .known, .other: false
    case .misspelt: known == nil
    case nil: true
    }
  }

  /// Whether it seems to hold a queue, by a kind that is missing, not known or misspelt.
  package var mayHoldQueue: Bool {
    switch reading {
    case .known, .other: false
    case .misspelt(let meant): known == nil && meant.hasQueue
    case nil: true
    }
  }
}
