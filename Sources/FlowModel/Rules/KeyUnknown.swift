package import Source

/// A mapping has a key that means nothing there.
///
/// Range: the key. Fix-it: the known key that is nearest, where there is one and the mapping does not have it yet.
/// Source: docs/reference/template.md and docs/reference/model.md.
package enum KeyUnknown: Rule {
  package static let code = DiagnosticCode(rawValue: "key-unknown")

  /// - Parameters:
  ///   - present: the keys of the mapping.
  ///   - meant: the right spelling where it is known; otherwise the nearest of `known` is proposed.
  /// - Returns: what was proposed.
  @discardableResult
  package static func report(
    _ key: ExactString, at range: ByteRange, in path: DataPath, known: [String],
    present: some Sequence<ExactString> = [], meant: String? = nil, _ findings: inout Findings
  ) -> String? {
    let nearest = findings.isLong ? nil : meant ?? Suggestion.only(key.text, among: known)
    let isThere = nearest.map { name in present.contains(ExactString(name)) } ?? false
    let near = isThere ? nil : nearest
    let place = path.steps.isEmpty ? "at the top level" : "in \(path)"
    let hint =
      nearest.map { isThere ? "; \(quoted($0)) is there already" : "; did you mean \(quoted($0))?" }
      ?? "; known here: \(known.joined(separator: ", "))"
    findings.add(
      KeyUnknown.self, at: range, "no key \(quoted(key.text)) \(place)\(hint)", path: path + key,
      fixIts: near.map { [FixIt("change to \(quoted($0))", [TextEdit(range, $0)])] } ?? [])
    return near
  }
}
