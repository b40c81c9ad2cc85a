package import Source

/// Topology nodes list constraints, and there are none.
///
/// Range: the first name. Source: docs/reference/template.md, "Constraints".
package enum ConstraintRefNoneDefined: ModelRule {
  package static let code = DiagnosticCode(rawValue: "constraint-ref-none-defined")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    let constraints = model.root["topology"]?["constraints"]
    guard constraints?.isUnknown != true, constraints?.items.isEmpty ?? true,
      let first = ConstraintReference.all(model).first(where: { !$0.value.isBlank })
    else { return }
    findings.add(
      ConstraintRefNoneDefined.self, at: first.value.range,
      "the topology defines no constraints, so that there is no \(first.value.string.map { quoted($0) } ?? first.value.described)",
      path: first.path)
  }
}
