package import Source

/// A node's kind does not exist. Kinds are case-sensitive.
///
/// Range: the kind. Fix-it: the nearest kind. Source: docs/reference/model.md, "Keys".
package enum NodeKindUnknown: ModelRule {
  package static let code = DiagnosticCode(rawValue: "node-kind-unknown")

  static var kinds: String { NodeKind.allCases.map(\.rawValue).joined(separator: ", ") }

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for node in model.nodes where node.kind == nil {
      guard let kind = node.value["kind"], !kind.isUnknown, !kind.isBlank else { continue }
      let near = kind.string.flatMap {
        Suggestion.only($0, among: NodeKind.allCases.map(\.rawValue))
      }
      let path: DataPath = "nodes" + node.index
      findings.add(
        NodeKindUnknown.self, at: kind.range, "kind must be one of \(kinds), not \(kind.described)",
        path: path + "kind",
        fixIts: kind.fixes(near))
    }
  }
}
