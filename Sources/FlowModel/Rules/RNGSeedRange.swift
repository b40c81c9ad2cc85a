package import Source

/// `rng.seed` is not a whole number from 0 to 2147483647. A template may write it as text.
///
/// Range: the seed. Source: docs/reference/model.md, "Keys".
package enum RNGSeedRange: ModelRule {
  package static let code = DiagnosticCode(rawValue: "rng-seed-range")

  package static let range = 0...2_147_483_647

  /// The seed as a number, written as one or, in a template, as text: `42` and `"42"` are one seed.
  package static func seed(_ value: DataNode, _ origin: ModelView.Origin) -> Int? {
    let number =
      value.number?.integer ?? (origin == .template ? value.string.flatMap { Int($0) } : nil)
    return number.flatMap { range.contains($0) ? $0 : nil }
  }

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    guard let rng = model.root.entry("rng"), case .mapping = rng.value.content else { return }
    guard let seed = rng.value["seed"], !seed.isUnknown, !seed.isBlank else { return }
    if RNGSeedRange.seed(seed, model.origin) != nil { return }
    findings.add(
      RNGSeedRange.self, at: seed.range,
      "rng.seed must be a whole number from 0 to \(range.upperBound), not \(seed.described)",
      path: "rng" + "seed")
  }
}
