import FlowModel
package import Source

/// A reference cannot be replaced: it is not closed, holds no name, stands in a key, brings a list into a text, or its
/// parameter is optional and has no value.
///
/// Range: what stands between the braces, the reference, or the whole scalar. Fix-it: the name without white space.
/// Source: docs/reference/template.md, "References".
package enum PlaceholderUnresolved: Rule {
  package static let code = DiagnosticCode(rawValue: "placeholder-unresolved")
}
