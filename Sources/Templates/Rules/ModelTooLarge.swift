import FlowModel
package import Source

/// The lists that array parameters fill have too many values together.
///
/// Range: the reference that goes beyond the bound. Source: docs/reference/template.md, "Fit".
package enum ModelTooLarge: Rule {
  package static let code = DiagnosticCode(rawValue: "model-too-large")
}
