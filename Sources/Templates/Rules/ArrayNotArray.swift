import FlowModel
package import Source

/// A value of an array parameter is not a list, or an empty one.
///
/// Range: the declared name; the value itself stands in the request. Source: docs/reference/template.md, "Parameters".
package enum ArrayNotArray: Rule {
  package static let code = DiagnosticCode(rawValue: "array-not-array")
}
