package import Source

/// A series of a constraint names no node.
///
/// Range: the reference. Fix-it: the nearest node id. Source: docs/reference/template.md, "Constraints".
package enum ConstraintUnknownSeries: ModelRule {
  package static let code = DiagnosticCode(rawValue: "constraint-unknown-series")

  private static let keys: [ExactString] = ["arrivals", "served", "errors", "latencyMinutes"]

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for constraint in Constraint.all(model) {
      for key in keys {
        guard let value = constraint.value["semantics"]?[key] else { continue }
        model.checkSeries(
          value, ConstraintUnknownSeries.self, path: constraint.path + "semantics" + key,
          &findings)
      }
    }
  }
}
