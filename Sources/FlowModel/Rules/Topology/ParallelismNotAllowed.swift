package import Source

/// A topology node that is no serviceWithBuffer has `parallelism`.
///
/// Range: the key. Related: the kind. Fix-it: remove the entry. Source: docs/reference/template.md, "Semantics".
package enum ParallelismNotAllowed: ModelRule {
  package static let code = DiagnosticCode(rawValue: "parallelism-not-allowed")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for node in model.topology {
      guard let (kind, semantics) = node.checked(), kind != .serviceWithBuffer,
        let entry = semantics[.parallelism], !entry.value.isBlank
      else { continue }
      ForbiddenField.report(
        ParallelismNotAllowed.self, node, entry, "is for serviceWithBuffer alone", model, &findings)
    }
  }
}
