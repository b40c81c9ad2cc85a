package import Source

/// A template uses an old spelling of a key, or of the value of `arrayOf`. It means the same.
///
/// Range: the key or the value. Fix-it: the present spelling. Source: docs/reference/template.md, "Level and spellings".
package enum KeyDeprecated: Rule {
  package static let code = DiagnosticCode(rawValue: "key-deprecated")
  package static let severity = Severity.warning
}
