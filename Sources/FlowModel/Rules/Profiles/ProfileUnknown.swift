package import Source

/// No builtin profile has that name. Case does not matter.
///
/// Range: the name. Fix-it: the nearest name. Source: docs/reference/template.md, "pmf".
package enum ProfileUnknown: ModelRule {
  package static let code = DiagnosticCode(rawValue: "profile-unknown")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for (node, profile) in Profile.all(model) where Profile.kind(of: profile.value) == .builtin {
      guard let name = profile.value["name"], !name.isUnknown, !name.isBlank else { continue }
      if let text = name.string, DayCurve(written: text) != nil { continue }
      findings.addUnlisted(
        ProfileUnknown.self, name, known: DayCurve.allCases.map(\.rawValue),
        path: Profile.path(node) + "name", "a builtin profile")
    }
  }
}
