package import Source

/// `rng` has no `kind`.
///
/// Range: the `rng` key, or the empty value. Source: docs/reference/model.md, "Keys".
package enum RNGKindMissing: ModelRule {
  package static let code = DiagnosticCode(rawValue: "rng-kind-missing")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    guard let rng = model.root.entry("rng"), case .mapping = rng.value.content else { return }
    if let kind = rng.value["kind"], !kind.isBlank { return }
    findings.add(
      RNGKindMissing.self, at: rng.value["kind"]?.range ?? rng.keyRange,
      "rng has no kind: it is pcg32",
      path: "rng" + "kind")
  }
}
