package import Source

/// A profile's kind is neither `builtin` nor `inline`.
///
/// Range: the kind. Fix-it: the nearest kind. Source: docs/reference/template.md, "pmf".
package enum ProfileKindUnsupported: ModelRule {
  package static let code = DiagnosticCode(rawValue: "profile-kind-unsupported")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for (node, profile) in Profile.all(model) {
      guard let kind = profile.value["kind"], !kind.isUnknown,
        Profile.kind(of: profile.value) == nil
      else { continue }
      findings.addUnlisted(
        ProfileKindUnsupported.self, kind, known: Profile.Kind.allCases.map(\.rawValue),
        path: Profile.path(node) + "kind", "a profile's kind")
    }
  }
}
