import CommandLine

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
}
