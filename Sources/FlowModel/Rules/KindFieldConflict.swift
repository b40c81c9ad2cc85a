package import Source

/// A node has the content of another kind: a const node with `expr`.
///
/// Range: the key that does not belong. Related: the kind. Source: docs/reference/model.md, "Keys".
package enum KindFieldConflict: ModelRule {
  package static let code = DiagnosticCode(rawValue: "kind-field-conflict")

  /// The kind that takes each key.
  private static let owners: [ExactString: NodeKind] = Dictionary(
    uniqueKeysWithValues: NodeKind.allCases.flatMap { kind in
      kind.contentKeys.map { ($0, kind) }
    })

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for node in model.nodes {
      guard let kind = node.kind else { continue }
      for entry in node.value.entries {
        guard let owner = owners[entry.key], owner != kind else { continue }
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
