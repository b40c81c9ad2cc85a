import FlowModel
package import Source

/// A reference names no declared parameter.
///
/// Range: the name between the braces. Related: the `parameters` key. Fix-it: the nearest declared name.
/// Source: docs/reference/template.md, "References".
package enum PlaceholderUndeclared: Rule {
  package static let code = DiagnosticCode(rawValue: "placeholder-undeclared")
}
