import FlowModel
package import Source

/// A `# lint:` comment names a rule or a weight that does not exist, or a rule whose findings are errors; or the comment
/// begins nearly so, as in `# Lint: …`, and sets nothing.
///
/// Range: the name, the setting as a whole where it has no `=`, or what stands for `lint:`. Fix-it: the near name.
/// Source: docs/reference/template.md, "Lint".
package enum LintSettingUnknown: Rule {
  package static let code = DiagnosticCode(rawValue: "lint-setting-unknown")
  package static let severity = Severity.warning

  static func report(
    _ problem: LintSettings.Problem, at range: ByteRange, _ findings: inout Findings
  ) {
    findings.add(
      LintSettingUnknown.self, at: range, problem.message,
      fixIts: problem.near.map { [FixIt("change to \(quoted($0))", [TextEdit(range, $0)])] } ?? [])
  }

  /// Reports what stands where `lint:` is meant.
  static func report(prefix: ByteRange, _ findings: inout Findings) {
    findings.add(
      LintSettingUnknown.self, at: prefix,
      "this comment sets nothing: one that sets weights begins with 'lint:'",
      fixIts: [FixIt("change to 'lint:'", [TextEdit(prefix, "lint:")])])
  }

  /// Reports what is no setting at all.
  static func report(at range: ByteRange, _ text: String, _ findings: inout Findings) {
    findings.add(
      LintSettingUnknown.self, at: range,
      "a setting is a rule and its weight, such as 'node-unused=off'"
        + (text.isEmpty ? "" : ", unlike \(quoted(text))"))
  }
}
