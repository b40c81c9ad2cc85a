import FlowModel
package import Source

/// A reference stands in `metadata` or `parameters`, which are read before any value is known. It stays as it is.
///
/// Range: the scalar. Source: docs/reference/template.md, "References".
package enum PlaceholderNotSubstituted: Rule {
  package static let code = DiagnosticCode(rawValue: "placeholder-not-substituted")
  package static let severity = Severity.warning
}
