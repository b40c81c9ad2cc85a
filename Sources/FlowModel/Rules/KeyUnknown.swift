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
    let nearest = findings.isLong ? nil : meant ?? nearest(key.text, known, present)
    let isThere = nearest.map { name in present.contains(ExactString(name)) } ?? false
    let near = isThere ? nil : nearest
    let place = path.steps.isEmpty ? "at the top level" : "in \(path)"
    let hint =
      nearest.map { isThere ? "; \(quoted($0)) is there already" : "; did you mean \(quoted($0))?" }
      ?? "; known here: \(known.joined(separator: ", "))"
    findings.add(
      KeyUnknown.self, at: range, "no key \(quoted(key.text)) \(place)\(hint)", path: path + key,
      fixIts: near.map { [FixIt("change to \(quoted($0))", [TextEdit(range, $0, isScalar: true)])] }
        ?? [])
    return near
  }

  /// A key that is there already is meant only where no other is: `ind` beside `id` means `kind`.
  private static func nearest(
    _ key: String, _ known: [String], _ present: some Sequence<ExactString>
  ) -> String? {
    let absent = known.filter { !present.contains(ExactString($0)) }
    return Suggestion.only(key, among: absent) ?? short(key, absent)
      ?? Suggestion.only(key, among: known)
  }

  /// Nothing is near to a key of two letters by the usual measure: `tp` means `to`, `di` means `id`.
  private static func short(_ key: String, _ absent: [String]) -> String? {
    let candidates = absent.filter { $0.utf8.count == 2 }
    if let turned = candidates.first(where: { $0.utf8.elementsEqual(key.utf8.reversed()) }) {
      return turned
    }
    // `ud` is `id` as well as `ui`.
    let near = Suggestion.near(key, among: candidates, countMax: 2, distanceMin: 1)
    return near.count == 1 ? near.first : nil
  }
}
