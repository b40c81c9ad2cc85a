import FlowModel
package import Source

/// The version of a template of the newest level is not three numbers, as `1.4.0` or `2.0.0-beta`.
///
/// Range: the version. Fix-it: the version with zeros for the numbers it lacks, without a `v`.
/// Source: docs/reference/template.md, "Metadata".
package enum MetadataVersionFormat: Rule {
  package static let code = DiagnosticCode(rawValue: "metadata-version-format")

  static func check(_ section: DataEntry, _ findings: inout Findings) {
    guard let version = section.value["version"], let text = version.string, !version.isBlank,
      !isValid(text)
    else { return }
    let completed = completed(text)
    findings.add(
      MetadataVersionFormat.self, at: version.range,
      "a version is three numbers such as 1.0.0, unlike \(quoted(text))",
      path: "metadata" + "version",
      fixIts: completed.map {
        [FixIt("change to \(quoted($0))", [TextEdit(version.range, $0, isScalar: true)])]
      } ?? [])
  }

  private static func isValid(_ version: String) -> Bool {
    let bytes = version.utf8
    let core = bytes.prefix { $0 != 0x2D }
    let label = bytes.dropFirst(core.count)
    return isNumbers(Substring(core), count: 3...3) && label.count != 1
      && label.allSatisfy { (Identifier.isPart($0) && $0 != 0x5F) || $0 == 0x2D || $0 == 0x2E }
  }

  private static func isNumbers(_ text: Substring, count: ClosedRange<Int>) -> Bool {
    let parts = text.utf8.split(separator: 0x2E, omittingEmptySubsequences: false)
    return count.contains(parts.count)
      && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } }
  }

  private static func completed(_ version: String) -> String? {
    let numbers = version.utf8.first == 0x76 ? version.dropFirst() : version[...]
    guard isNumbers(numbers, count: 1...3) else { return nil }
    let missing = 3 - numbers.utf8.split(separator: 0x2E).count
    return numbers + String(repeating: ".0", count: missing)
  }
}
