package import Source

/// A number of `retryKernel` is NaN, infinite or too large for a double.
///
/// Range: the number. Source: docs/reference/template.md, "Semantics".
package enum RetryKernelNotFinite: Rule {
  package static let code = DiagnosticCode(rawValue: "retry-kernel-not-finite")
}
