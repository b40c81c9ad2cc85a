import FlowModel
package import Source

/// A parameter's type is missing or not one of integer, number, boolean, string, array.
///
/// Range: the type, or the name. Fix-it: the nearest type. Source: docs/reference/template.md, "Parameters".
package enum ParameterTypeUnknown: Rule {
  package static let code = DiagnosticCode(rawValue: "parameter-type-unknown")
}
