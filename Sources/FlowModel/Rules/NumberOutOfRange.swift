package import Source

/// A number cannot be kept exactly: a whole number beyond ±(2^53 - 1), NaN, an infinity, or one too large for a double.
///
/// Range: the number. Source: docs/reference/model.md, "Canonical form".
package enum NumberOutOfRange: Rule {
  package static let code = DiagnosticCode(rawValue: "number-out-of-range")

  package static func message(_ text: String, _ problem: Number.Problem) -> String {
    switch problem {
    case .notFinite: "\(quoted(text)) is not a finite number"
    case .beyondExact:
      "\(quoted(text)) is beyond ±\(Number.integerMax), the largest whole number that every reader keeps exactly"
    }
  }
}
