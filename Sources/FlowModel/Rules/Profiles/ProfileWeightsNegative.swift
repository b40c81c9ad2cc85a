package import Source

/// A weight of an inline profile is below 0.
///
/// Range: the number. Source: docs/reference/template.md, "pmf".
package enum ProfileWeightsNegative: ModelRule {
  package static let code = DiagnosticCode(rawValue: "profile-weights-negative")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for (node, profile) in Profile.all(model) where Profile.kind(of: profile.value) == .inline {
      for (index, item) in (profile.value["weights"]?.items ?? []).enumerated() {
        guard let number = item.number, number.isNegative else { continue }
        findings.add(
          ProfileWeightsNegative.self, at: item.range,
          "a weight is a number from 0, not \(number.spelling)",
          path: Profile.path(node) + "weights" + index)
      }
    }
  }
}
