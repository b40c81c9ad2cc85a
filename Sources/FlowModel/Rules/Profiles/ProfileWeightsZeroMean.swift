package import Source

/// The weights of an inline profile cannot be brought to the mean 1: all are 0, so that they say nothing about how the
/// total is spread, or they are too large or too small to be added and divided by.
///
/// Range: the list. Source: docs/reference/template.md, "pmf".
package enum ProfileWeightsZeroMean: ModelRule {
  package static let code = DiagnosticCode(rawValue: "profile-weights-zero-mean")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for (node, profile) in Profile.all(model) where Profile.kind(of: profile.value) == .inline {
      guard let weights = profile.value["weights"], !weights.items.isEmpty else { continue }
      let numbers = weights.items.compactMap { $0.number?.double }
      // A weight below 0 is blamed by its own rule.
      guard numbers.count == weights.items.count, numbers.allSatisfy({ $0 >= 0 }),
        DayCurve.normalized(numbers) == nil
      else { continue }
      let message =
        numbers.allSatisfy { $0 == 0 }
        ? "some weight must be above 0"
        : numbers.contains { $0 > 1 }
          ? "the weights are too large to be added; only their proportion counts"
          : "the weights are too small to be divided by their mean; only their proportion counts"
      findings.add(
        ProfileWeightsZeroMean.self, at: weights.range, message,
        path: Profile.path(node) + "weights")
    }
  }
}
