package import Source

/// All weights of an inline profile are 0, so that they say nothing about how the total is spread.
///
/// Range: the list. Source: docs/reference/template.md, "pmf".
package enum ProfileWeightsZeroMean: ModelRule {
  package static let code = DiagnosticCode(rawValue: "profile-weights-zero-mean")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for (node, profile) in Profile.all(model) where Profile.kind(of: profile.value) == .inline {
      guard let weights = profile.value["weights"], !weights.items.isEmpty,
        weights.items.allSatisfy({ $0.number?.double == 0 })
      else { continue }
      findings.add(
        ProfileWeightsZeroMean.self, at: weights.range, "some weight must be above 0",
        path: Profile.path(node) + "weights")
    }
  }
}
