import FlowModel
package import Source

/// `fit` does not exist, or stands at a parameter that is no array.
///
/// Range: the value. Fix-it: the nearest fit. Source: docs/reference/template.md, "Fit".
package enum ParameterFitInvalid: Rule {
  package static let code = DiagnosticCode(rawValue: "parameter-fit-invalid")
}
