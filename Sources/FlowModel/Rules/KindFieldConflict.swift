package import Source

/// A node has the content of another kind: a const node with `expr`.
///
/// Range: the key that does not belong. Related: the kind. Source: docs/reference/model.md, "Keys".
package enum KindFieldConflict: ModelRule {
  package static let code = DiagnosticCode(rawValue: "kind-field-conflict")

  /// For each kind the keys that another kind takes.
  private static let conflicts: [NodeKind: [ExactString]] = Dictionary(
    uniqueKeysWithValues: NodeKind.allCases.map { kind in
      (kind, NodeKind.allCases.filter { $0 != kind }.flatMap(\.contentKeys))
    })

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    let conflicts = conflicts
    for node in model.nodes {
      guard let kind = node.kind, let others = conflicts[kind] else { continue }
      for key in others {
        guard let entry = node.value.entry(key) else { continue }
        let path: DataPath = "nodes" + node.index
        findings.add(
          KindFieldConflict.self, at: entry.keyRange,
          "a \(kind.rawValue) node takes '\(kind.contentKeys[0])', not '\(entry.key)'",
          path: path + entry.key,
          related: node.value["kind"].map { [Related($0.range, "the kind of this node")] } ?? [])
      }
    }
  }
}
