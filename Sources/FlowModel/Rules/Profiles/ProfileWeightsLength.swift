package import Source

/// An inline profile has not one weight a bin.
///
/// Range: the list. Related: `grid.bins`. An array parameter of the wrong length is `array-length-grid`.
/// Source: docs/reference/template.md, "pmf".
package enum ProfileWeightsLength: ModelRule {
  package static let code = DiagnosticCode(rawValue: "profile-weights-length")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    guard let bins = model.bins else { return }
    for (node, profile) in Profile.all(model) where Profile.kind(of: profile.value) == .inline {
      guard let weights = profile.value["weights"], !weights.items.isEmpty,
        weights.wholeCause == nil, weights.items.count != bins
      else { continue }
      findings.add(
        ProfileWeightsLength.self, at: weights.range,
        "\(counted(weights.items.count, "weight")) for \(counted(bins, "bin"))",
        path: Profile.path(node) + "weights",
        related: model.root["grid"]?["bins"].map { [Related($0.range, "the number of bins")] } ?? []
      )
    }
  }
}
