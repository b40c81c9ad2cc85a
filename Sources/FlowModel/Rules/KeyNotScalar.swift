package import Source

/// A key is a list or a mapping.
///
/// Range: the key. Source: docs/reference/template.md; JSON, to which every model must convert, has text keys only.
package enum KeyNotScalar: Rule {
  package static let code = DiagnosticCode(rawValue: "yaml-key-not-scalar")
}
