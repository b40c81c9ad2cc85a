import FlowModel
package import Source

/// A value is not among the parameter's `enum`.
///
/// Range: the declared name; the value itself stands in the request. Source: docs/reference/template.md, "Parameters".
package enum ParameterNotInEnum: Rule {
  package static let code = DiagnosticCode(rawValue: "parameter-not-in-enum")
}
