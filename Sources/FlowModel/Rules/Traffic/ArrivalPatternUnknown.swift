package import Source

/// An arrival's pattern is neither `constant` nor `poisson`.
///
/// Range: the kind. Fix-it: the nearest kind. Source: docs/reference/template.md, "Traffic".
package enum ArrivalPatternUnknown: ModelRule {
  package static let code = DiagnosticCode(rawValue: "arrival-pattern-unknown")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for arrival in Arrival.all(model) where arrival.kind == nil {
      guard let kind = arrival.value["pattern"]?["kind"], !kind.isUnknown, !kind.isBlank else {
        continue
      }
      findings.addUnlisted(
        ArrivalPatternUnknown.self, kind, known: Arrival.patterns,
        path: arrival.path + "pattern" + "kind", "a pattern's kind")
    }
  }
}
