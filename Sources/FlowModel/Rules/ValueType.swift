package import Source

/// A value is of the wrong type: text for a number, a mapping for a list. Also an `arrayOf` that is no type of elements.
///
/// Range: the value. Fix-it: the nearest type of elements. Source: docs/reference/model.md.
package enum ValueType: Rule {
  package static let code = DiagnosticCode(rawValue: "value-type")
}
