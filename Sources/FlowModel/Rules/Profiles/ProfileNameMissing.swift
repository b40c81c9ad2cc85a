package import Source

/// A builtin profile has no name.
///
/// Range: the `name` key of an empty one, or the `profile` key. Source: docs/reference/template.md, "pmf".
package enum ProfileNameMissing: ModelRule {
  package static let code = DiagnosticCode(rawValue: "profile-name-missing")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for (node, profile) in Profile.all(model) where Profile.kind(of: profile.value) == .builtin {
      let name = profile.value.entry("name")
      if let value = name?.value, !value.isBlank { continue }
      findings.add(
        ProfileNameMissing.self, at: name?.keyRange ?? profile.keyRange,
        "a builtin profile needs a name: \(alternatives(DayCurve.allCases.map(\.rawValue)))",
        path: Profile.path(node) + "name")
    }
  }
}
