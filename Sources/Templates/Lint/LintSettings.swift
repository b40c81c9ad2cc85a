import FlowModel
import Source

/// How much the findings of a lint rule weigh. Source: docs/reference/template.md, "Lint".
package enum LintSetting: String, CaseIterable, Sendable {
  /// They are left out.
  case off
  case warning
  /// They keep a template from making a model.
  case error
}

/// What is said in one place of the weights of lint rules.
package struct LintSettings: Hashable, Sendable {
  /// Of every rule that is not named.
  private var others: LintSetting?
  private var named: [DiagnosticCode: LintSetting] = [:]

  package init() {}

  /// What is wrong with a setting.
  package struct Problem: Error, Sendable {
    package enum Part: Sendable {
      case code, setting
    }

    package let part: Part
    /// Names what was written, as findings do.
    package let message: String
    /// What may have been meant.
    package let near: String?
  }

  /// Names every rule.
  private static let all: ExactString = "all"

  /// Takes one more setting; of several for one rule the last counts, and a rule's own counts more than that of `all`.
  package mutating func set(_ code: String, to setting: String) throws(Problem) {
    let isAll = ExactString(code) == LintSettings.all
    let key = DiagnosticCode(rawValue: code)
    if !isAll, !LintRules.codes.contains(where: { ExactString($0.rawValue) == ExactString(code) }) {
      throw LintSettings.unknown(code)
    }
    guard
      let value = LintSetting.allCases.first(where: {
        ExactString($0.rawValue) == ExactString(setting)
      })
    else {
      throw Problem(
        part: .setting,
        message: "a rule is set to off, warning or error, not to \(quoted(setting))",
        near: Suggestion.only(setting, among: LintSetting.allCases.map(\.rawValue)))
    }
    if isAll { others = value } else { named[key] = value }
  }

  private static func unknown(_ code: String) -> Problem {
    if LintRules.isError(DiagnosticCode(rawValue: code)) {
      return Problem(
        part: .code, message: "\(quoted(code)) is an error and stays one; only warnings can be set",
        near: nil)
    }
    let near = Suggestion.only(code, among: LintRules.codes.map(\.rawValue) + [all.text])
    return Problem(
      part: .code,
      message: "no warning \(quoted(code))" + (near.map { "; did you mean \(quoted($0))?" } ?? ""),
      near: near)
  }

  /// Takes all that others say; theirs counts where both name a rule.
  mutating func merge(_ later: LintSettings) {
    others = later.others ?? others
    named.merge(later.named) { $1 }
  }

  subscript(code: DiagnosticCode) -> LintSetting? { named[code] ?? others }
}
