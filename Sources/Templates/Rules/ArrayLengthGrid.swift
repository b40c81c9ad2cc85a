import FlowModel
package import Source

/// An array bound to `values` has not one element a bin, and its `fit` does not make it so.
///
/// Range: the reference. Related: the declaration and `grid.bins`.
/// Source: docs/reference/template.md, "Fit".
package enum ArrayLengthGrid: Rule {
  package static let code = DiagnosticCode(rawValue: "array-length-grid")
}
