package import Source

/// A value or probability of a pmf node is NaN or infinite.
///
/// Range: the number. Source: docs/reference/model.md, "Keys".
package enum PMFNotFinite: Rule {
  package static let code = DiagnosticCode(rawValue: "pmf-not-finite")
}
