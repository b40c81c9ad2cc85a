import CommandLine
import JSON
import Operations

extension Option {
  static let lint = Option(
    "--lint", value: .required("RULE=WEIGHT"),
    help:
      "what a warning weighs: off, warning or error; RULE is its code, or all; may be repeated, later ones win"
  )
}

extension Invocation {
  /// The weights of warnings as a request has them; nil where none was given.
  var lint: JSONValue? {
    get throws(Stop) {
      guard has(.lint) else { return nil }
      var settings = JSONObject()
      for setting in all(.lint).flatMap({ $0.split(separator: ",") }) {
        let parts = setting.split(
          separator: "=", maxSplits: 1, omittingEmptySubsequences: false
        ).map(String.init)
        guard parts.count == 2 else {
          throw .usage(
            "\(command.name): --lint takes RULE=WEIGHT, such as node-unused=off, not '\(setting)'")
        }
        if let problem = CheckLintSetting.run(parts[0], parts[1]) {
          throw .usage("\(command.name): --lint: \(problem)")
        }
        settings[parts[0]] = .string(parts[1])
      }
      return .object(settings)
    }
  }
}
