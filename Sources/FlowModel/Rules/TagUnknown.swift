package import Source

/// A scalar bears a tag other than those of the core schema.
///
/// Range: the scalar with its tag. Source: YAML 1.2.2 section 10.3.
package enum TagUnknown: Rule {
  package static let code = DiagnosticCode(rawValue: "yaml-tag-unknown")
}
