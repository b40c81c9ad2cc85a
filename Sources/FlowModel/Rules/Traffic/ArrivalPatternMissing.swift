package import Source

/// An arrival has no pattern, or its pattern no kind.
///
/// Range: the `kind` key of an empty one, the `pattern` key, or the name of the node.
/// Source: docs/reference/template.md, "Traffic".
package enum ArrivalPatternMissing: ModelRule {
  package static let code = DiagnosticCode(rawValue: "arrival-pattern-missing")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for arrival in Arrival.all(model) {
      let pattern = arrival.value.entry("pattern")
      if pattern?.value.isUnknown == true { continue }
      let kind = pattern?.value.entry("kind")
      if let value = kind?.value, !value.isBlank { continue }
      findings.add(
        ArrivalPatternMissing.self,
        at: kind?.keyRange ?? pattern?.keyRange ?? arrival.placeOfMissing,
        "\(arrival.path) needs pattern.kind: \(alternatives(Arrival.patterns))",
        path: arrival.path + "pattern" + "kind")
    }
  }
}
