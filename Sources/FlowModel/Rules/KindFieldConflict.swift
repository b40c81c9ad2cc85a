package import Source

/// A node has the content of another kind: a const node with `expr`.
///
/// Range: the key that does not belong. Related: the kind. Source: docs/reference/model.md, "Keys".
package enum KindFieldConflict: ModelRule {
  package static let code = DiagnosticCode(rawValue: "kind-field-conflict")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for node in model.nodes {
      let path: DataPath = "nodes" + node.index
      guard let kind = node.kind else { continue }
      for other in NodeKind.allCases where other != kind {
        for key in other.contentKeys {
          guard let entry = node.value.entry(key) else { continue }
          findings.add(
            KindFieldConflict.self, at: entry.keyRange,
            "a \(kind.rawValue) node takes '\(kind.contentKeys[0])', not '\(key)'",
            path: path + key,
            related: node.value["kind"].map { [Related($0.range, "the kind of this node")] } ?? [])
        }
      }
    }
  }
}
