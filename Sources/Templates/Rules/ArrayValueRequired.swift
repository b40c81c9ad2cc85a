import FlowModel
package import Source

/// An array parameter has neither a value nor a default.
///
/// Range: the declared name. Source: docs/reference/template.md, "Parameters".
package enum ArrayValueRequired: Rule {
  package static let code = DiagnosticCode(rawValue: "array-value-required")
}
