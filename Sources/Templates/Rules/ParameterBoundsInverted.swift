import FlowModel
package import Source

/// `min` is above `max`.
///
/// Range: the minimum. Related: the maximum. Source: docs/reference/template.md, "Parameters".
package enum ParameterBoundsInverted: Rule {
  package static let code = DiagnosticCode(rawValue: "parameter-bounds-inverted")
}
