import FlowModel
package import Source

/// An output in the old spelling (`source`) has no `id`. The present spelling (`series`) needs none.
///
/// Range: the output, or the empty value. Source: docs/reference/template.md, "Outputs".
package enum OutputIDMissing: Rule {
  package static let code = DiagnosticCode(rawValue: "output-id-missing")
}
