import Source

/// One item of `topology.nodes` as rules look at it.
///
/// A class, as ``ModelView/Item`` is.
package final class TopologyNode: Sendable {
  package let index: Int
  package let value: DataNode
  package let kind: TopologyNodeKind
  /// nil where it is missing or no mapping.
  package let semantics: Semantics?

  init(_ item: ModelView.Item, kind: TopologyNodeKind) {
    index = item.index
    value = item.value
    self.kind = kind
    semantics = item.value.entry("semantics").flatMap { Semantics($0) }
  }

  var path: DataPath { "topology" + "nodes" + index }

  /// Where to say that a key of the node is missing: its id's value, else its first key.
  var placeOfMissing: ByteRange {
    value["id"].flatMap { $0.isBlank ? nil : $0.range } ?? value.entries.first?.keyRange
      ?? value.range
  }

  /// What rules that depend on the kind look at; nil where that is blamed or not known.
  func checked() -> (kind: TopologyKind?, semantics: Semantics)? {
    guard !kind.isDoubtful, let semantics else { return nil }
    return (kind.known, semantics)
  }

  /// What a misspelt kind, which is but a warning, seems to mean; for rules that must not fall silent with it.
  func meant() -> (kind: TopologyKind?, semantics: Semantics)? {
    guard kind.isDoubtful, case .misspelt(let meant)? = kind.reading, let semantics else {
      return nil
    }
    return (meant, semantics)
  }
}
