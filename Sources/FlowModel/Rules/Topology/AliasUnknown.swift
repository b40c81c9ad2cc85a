package import Source

/// A label is for a field that cannot have one. Case and `_` do not matter.
///
/// Range: the key. Fix-it: the nearest field that has no label yet. Source: docs/reference/template.md, "Semantics".
package enum AliasUnknown: ModelRule {
  package static let code = DiagnosticCode(rawValue: "alias-unknown")
  package static let severity = Severity.warning

  /// Fields that can have a label; `queue` is another name of `queueDepth`.
  package static let names =
    [
      SemanticsField.arrivals, .served, .errors, .attempts, .failures, .retryEcho, .queueDepth,
      .capacity, .parallelism, .externalDemand, .processingTimeMsSum, .servedCount,
    ].map(\.rawValue) + ["queue"]

  private static let known = Set(names.map(folded))

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for node in model.topology {
      guard let aliases = node.semantics?[.aliases]?.value.entries, !aliases.isEmpty else {
        continue
      }
      let unknown = aliases.filter { !known.contains(folded($0.key.text)) }
      guard !unknown.isEmpty else { continue }
      let labelled = Set(aliases.map { folded($0.key.text) })
      let free = names.filter { !labelled.contains(folded($0)) }
      for entry in unknown {
        let near = findings.isLong ? nil : Suggestion.only(entry.key.text, among: free)
        findings.add(
          AliasUnknown.self, at: entry.keyRange,
          "no field \(quoted(entry.key.text)) can have a label"
            + (near.map { "; did you mean \(quoted($0))?" } ?? ""),
          path: node.path + "semantics" + "aliases" + entry.key,
          fixIts: near.flatMap { fix(entry, $0, model) }.map { [$0] } ?? [])
      }
    }
  }

  private static func fix(_ entry: DataEntry, _ name: String, _ model: ModelView) -> FixIt? {
    guard let first = model.source?.firstByte(of: entry.keyRange) else { return nil }
    let quote = first == UInt8(ascii: "\"") ? "\"" : first == UInt8(ascii: "'") ? "'" : ""
    return FixIt(
      "change to \(quoted(name))", [TextEdit(entry.keyRange, quote + name + quote)])
  }

  private static func folded(_ name: String) -> ExactString {
    ExactString(name.filter { $0 != "_" }).lowercased
  }
}
