import Templates

/// Whether the findings of a rule can be given a weight.
package enum CheckLintSetting {
  /// - Returns: what is wrong; nil where it can.
  package static func run(_ code: String, _ setting: String) -> String? {
    var settings = LintSettings()
    do throws(LintSettings.Problem) {
      try settings.set(code, to: setting)
      return nil
    } catch {
      return error.message
    }
  }
}
