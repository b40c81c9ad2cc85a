/// One option of a command, as the parser and the help text see it.
struct Option: Sendable {
  enum Value: Sendable, Equatable {
    case none
    /// `--output FILE` or `--output=FILE`.
    case required(String)
    /// `--socket`, `--socket PATH` or `--socket=PATH`.
    case optional(String)
    /// `--params a=1 b=2`: everything up to the next option.
    case several(String)
  }

  /// The first is the usual one, the others are aliases.
  let names: [String]
  let value: Value
  let help: String

  init(_ names: String..., value: Value = .none, help: String) {
    self.names = names
    self.value = value
    self.help = help
  }

  /// By which the command asks for it.
  var name: String { names.first ?? "" }
}

extension Option {
  static let template = Option(
    "--template", "--id", value: .required("TEMPLATE"),
    help: "a template's id, the unique beginning of one up to a '-', or a file")
  static let parameters = Option(
    "--params", value: .several("VALUE"),
    help:
      "values: any number of NAME=VALUE, or a .json or .yaml file of them; may be repeated, later ones win"
  )
  static let templates = Option(
    "--templates", value: .required("DIR"),
    help:
      "where templates are; may be repeated (else $FLOWTIME_SIM_TEMPLATES, ./templates, beside the program)"
  )
  static let socket = Option(
    "--socket", value: .required("PATH"),
    help: "ask the daemon that listens there instead of working by itself")
  static let format = Option(
    "--format", value: .required("FORMAT"),
    help: "how findings are reported: text, json or sarif; default text")
  static let listFormat = Option(
    "--format", value: .required("FORMAT"), help: "text or json; default text")
  static let help = Option("--help", "-h", help: "show this help")
}
