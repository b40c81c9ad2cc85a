/// One option of a command, as the parser and the help text see it.
package struct Option: Sendable {
  package enum Value: Sendable, Equatable {
    case none
    /// `--output FILE` or `--output=FILE`.
    case required(String)
    /// `--socket`, `--socket PATH` or `--socket=PATH`.
    case optional(String)
    /// `--params a=1 b=2`: everything up to the next option.
    case several(String)
  }

  /// The first is the usual one, the others are aliases.
  package let names: [String]
  package let value: Value
  package let help: String

  package init(_ names: String..., value: Value = .none, help: String) {
    self.names = names
    self.value = value
    self.help = help
  }

  /// By which the command asks for it.
  package var name: String { names.first ?? "" }
}

extension Option {
  package static let socket = Option(
    "--socket", value: .required("PATH"),
    help: "ask the daemon that listens there instead of working by itself")
  package static let format = Option(
    "--format", value: .required("FORMAT"),
    help: "how findings are reported: text, json or sarif; default text")
  package static let listFormat = Option(
    "--format", value: .required("FORMAT"), help: "text or json; default text")
  package static let help = Option("--help", "-h", help: "show this help")
}
