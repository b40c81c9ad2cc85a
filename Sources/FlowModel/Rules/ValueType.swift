package import Source

/// A value is of the wrong type: text for a number, a mapping for a list.
///
/// Range: the value. Source: docs/reference/model.md.
package enum ValueType: Rule {
  package static let code = DiagnosticCode(rawValue: "value-type")
}
