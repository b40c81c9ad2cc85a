package import Source

/// `rng` has no `seed`, so that no run could be repeated.
///
/// Range: the `rng` key, or the empty value. Source: docs/reference/model.md, "Keys".
package enum RNGSeedMissing: ModelRule {
  package static let code = DiagnosticCode(rawValue: "rng-seed-missing")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    guard let rng = model.root.entry("rng"), case .mapping = rng.value.content else { return }
    if let seed = rng.value["seed"], !seed.isBlank { return }
    findings.add(
      RNGSeedMissing.self, at: rng.value["seed"]?.range ?? rng.keyRange,
      "rng has no seed: a whole number from 0 to \(RNGSeedRange.range.upperBound)",
      path: "rng" + "seed")
  }
}
