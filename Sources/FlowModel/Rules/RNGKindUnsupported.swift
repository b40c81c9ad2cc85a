package import Source

/// The random number generator does not exist. Templates take `pcg32`, at the newest level in any case; models also
/// `mt19937` and `xoshiro256`.
///
/// Range: the kind. Fix-it: the nearest kind. Source: docs/reference/model.md, "Keys".
package enum RNGKindUnsupported: ModelRule {
  package static let code = DiagnosticCode(rawValue: "rng-kind-unsupported")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    guard let rng = model.root.entry("rng"), case .mapping = rng.value.content else { return }
    guard let kind = rng.value["kind"], !kind.isUnknown, !kind.isBlank else { return }
    let known = model.origin == .template ? [usual] : [usual, "mt19937", "xoshiro256"]
    if let text = kind.string, known.contains(where: { ExactString($0) == ExactString(text) }) {
      return
    }
    if model.origin == .template, model.level == .newest, isUsual(kind) { return }
    findings.addUnlisted(
      RNGKindUnsupported.self, kind, known: known, path: "rng" + "kind", "rng.kind")
  }

  /// The generator that every Engine has.
  package static let usual = "pcg32"

  /// Whether it is ``usual`` in any case.
  package static func isUsual(_ kind: DataNode) -> Bool {
    kind.string.map { ExactString($0).lowercased == ExactString(usual) } ?? false
  }
}
