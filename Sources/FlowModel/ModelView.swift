package import Source
package import YAML

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
  /// What a fix puts before the root's first entry; nil where nothing can be put there.
  package let opening: Opening?

  package init(_ root: DataNode, origin: Origin, opening: Opening? = nil) {
    self.root = root
    self.origin = origin
    self.opening = opening
    nodes = ModelView.mappings(of: root["nodes"])
    outputs = ModelView.mappings(of: root["outputs"])
    var ids: [ExactString: ByteRange] = [:]
    var hasUnknown = root["nodes"]?.isUnknown ?? false
    if let items = root["nodes"]?.items, items.count != nodes.count { hasUnknown = true }
    for node in nodes {
      guard let id = node.value["id"] else { continue }
      if id.isUnknown || (id.string == nil && !id.isNull) { hasUnknown = true }
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

extension ModelView {
  /// Where a first entry of the root mapping goes, and how it is written there.
  package struct Opening: Hashable, Sendable {
    private let offset: Int
    private let quote: String
    private let separator: String

    /// - Returns: nil for a block mapping that begins after something else on its line.
    package init?(of root: YAMLNode, in text: SourceText) {
      let bytes = text.bytes
      if root.isFlow {
        offset = root.range.start + 1
        quote = "\""
        separator = root.entries.isEmpty ? "" : ", "
        return
      }
      let line = LineTable(text)
      var start = line.starts[line.line(at: root.range.start)]
      if bytes[start...].starts(with: [0xEF, 0xBB, 0xBF]) { start += 3 }
      let indentation = bytes[start..<root.range.start]
      guard indentation.allSatisfy({ $0 == 0x20 }) else { return nil }
      let isCRLF = bytes.firstIndex(of: 0x0A).map { $0 > 0 && bytes[$0 - 1] == 0x0D } ?? false
      offset = root.range.start
      quote = ""
      separator = (isCRLF ? "\r\n" : "\n") + String(repeating: " ", count: indentation.count)
    }

    package func inserting(_ key: String, _ value: String) -> TextEdit {
      TextEdit(ByteRange(at: offset), quote + key + quote + ": " + value + separator)
    }
  }
}

extension ModelView.Item {
  /// The item's kind, if it is one that exists.
  package var kind: NodeKind? {
    value["kind"]?.string.flatMap { NodeKind(rawValue: $0) }
  }
}

/// What makes a node's series. Source: docs/reference/model.md, "Keys".
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
