import FlowModel
package import Source

/// A default violates its own type, bounds or `enum`.
///
/// Range: the default, or the element at fault. Source: docs/reference/template.md, "Parameters".
package enum ParameterDefaultInvalid: Rule {
  package static let code = DiagnosticCode(rawValue: "parameter-default-invalid")
}
