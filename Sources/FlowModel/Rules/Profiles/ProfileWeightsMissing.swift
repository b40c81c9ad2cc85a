package import Source

/// An inline profile has no weights.
///
/// Range: the `weights` key of an empty list, or the `profile` key. Source: docs/reference/template.md, "pmf".
package enum ProfileWeightsMissing: ModelRule {
  package static let code = DiagnosticCode(rawValue: "profile-weights-missing")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for (node, profile) in Profile.all(model) where Profile.kind(of: profile.value) == .inline {
      let weights = profile.value.entry("weights")
      if let value = weights?.value, value.isUnknown || !value.items.isEmpty { continue }
      findings.add(
        ProfileWeightsMissing.self, at: weights?.keyRange ?? profile.keyRange,
        "an inline profile needs weights: one number a bin", path: Profile.path(node) + "weights")
    }
  }
}
