package import Source

/// The old and the present spelling of one key stand in one mapping.
///
/// Range: the second. Related: the first. Source: docs/reference/template.md, "Level and spellings".
package enum KeySpelledTwice: Rule {
  package static let code = DiagnosticCode(rawValue: "key-spelled-twice")
}
