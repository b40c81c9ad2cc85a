package import Source

/// The random number generator does not exist. Templates take `pcg32`; models also `mt19937` and `xoshiro256`.
///
/// Range: the kind. Fix-it: the nearest kind. Source: docs/reference/model.md, "Keys".
package enum RNGKindUnsupported: ModelRule {
  package static let code = DiagnosticCode(rawValue: "rng-kind-unsupported")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    guard let rng = model.root.entry("rng"), case .mapping = rng.value.content else { return }
    guard let kind = rng.value["kind"], !kind.isUnknown, !kind.isBlank else { return }
    let known = model.origin == .template ? ["pcg32"] : ["pcg32", "mt19937", "xoshiro256"]
    if let text = kind.string, known.contains(where: { ExactString($0) == ExactString(text) }) {
      return
    }
    let near = kind.string.flatMap { Suggestion.only($0, among: known) }
    findings.add(
      RNGKindUnsupported.self, at: kind.range,
      "rng.kind must be \(known.joined(separator: ", ")), not \(kind.described)",
      path: "rng" + "kind",
      fixIts: kind.fixes(near))
  }
}
