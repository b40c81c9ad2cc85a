package import Source

/// A model as its rules look at it: the parts they speak of, found once.
package struct ModelView: Sendable {
  /// Who wrote the text: it decides what is optional.
  package enum Origin: Hashable, Sendable {
    /// A model document: `schemaVersion` is required, outputs are not.
    case model
    /// A template after substitution: `schemaVersion` defaults to 1.
    case template
  }

  /// One item of `nodes` or `outputs` that is a mapping.
  package struct Item: Sendable {
    package let index: Int
    package let value: DataNode
  }

  package let origin: Origin
  package let root: DataNode
  package let nodes: [Item]
  package let outputs: [Item]
  /// Ids of the nodes that have one, each with the place where it is first given.
  package let nodeIDs: [ExactString: ByteRange]
  /// Some node's id is not known, so that a name that is missing may be its.
  package let hasUnknownNodeID: Bool

  package init(_ root: DataNode, origin: Origin) {
    self.root = root
    self.origin = origin
    nodes = ModelView.mappings(of: root["nodes"])
    outputs = ModelView.mappings(of: root["outputs"])
    var ids: [ExactString: ByteRange] = [:]
    var hasUnknown = root["nodes"]?.isUnknown ?? false
    if let items = root["nodes"]?.items, items.count != nodes.count { hasUnknown = true }
    for node in nodes {
      guard let id = node.value["id"] else { continue }
      if id.isUnknown { hasUnknown = true }
      guard let text = id.string.map({ ExactString($0) }), ids[text] == nil else { continue }
      ids[text] = id.range
    }
    nodeIDs = ids
    hasUnknownNodeID = hasUnknown
  }

  /// Number of bins if it is known and in its range.
  package var bins: Int? {
    guard let value = root["grid"]?["bins"]?.number?.integer, GridBinsRange.range.contains(value)
    else { return nil }
    return value
  }

  private static func mappings(of list: DataNode?) -> [Item] {
    (list?.items ?? []).enumerated().compactMap { index, value in
      guard case .mapping = value.content else { return nil }
      return Item(index: index, value: value)
    }
  }
}

extension ModelView.Item {
  /// The item's kind, if it is one that exists.
  package var kind: NodeKind? {
    value["kind"]?.string.flatMap { NodeKind(rawValue: $0) }
  }
}

/// What makes a node's series. Source: docs/reference/model.md, "Nodes".
package enum NodeKind: String, CaseIterable, Sendable {
  case const, expr, pmf

  /// The key that holds the node's content.
  package var contentKey: ExactString {
    switch self {
    case .const: "values"
    case .expr: "expr"
    case .pmf: "pmf"
    }
  }
}
