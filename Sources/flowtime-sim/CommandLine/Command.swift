/// A command of the program: its help, its options and what it does.
struct Command: Sendable {
  let name: String
  /// One line for the list of commands.
  let summary: String
  /// What stands after the name in the usage line.
  let usage: String
  /// Most arguments that are no options.
  let operandCountMax: Int
  let options: [Option]
  /// Further paragraphs of the help text.
  let notes: String
  let run: @Sendable (Invocation) throws(Stop) -> Void

  static let all: [Command] = [
    .generate, .validate, .explain, .diff, .list, .show, .embed, .extract, .verify, .regenerate,
    .export, .serve, .connect,
  ]

  /// The whole help text, which docs/reference/cli.md repeats.
  var help: String {
    var text =
      "\(summary)\n\nUsage: flowtime-sim \(name)\(usage.isEmpty ? "" : " " + usage)\n\nOptions:\n"
    let rows = (options + [.help]).map { (Command.spelling(of: $0), $0.help) }
    let width = rows.map(\.0.count).filter { $0 <= 32 }.max() ?? 0
    for (spelling, help) in rows {
      let gap = spelling.count > 32 ? "\n  " + spaces(width) : spaces(width - spelling.count)
      text += "  \(spelling)\(gap)  \(help)\n"
    }
    return notes.isEmpty ? text : text + "\n\(notes)\n"
  }

  static var overview: String {
    let width = all.map(\.name.count).max() ?? 0
    var text = """
      FlowTime Sim makes models and their provenance from templates.

      Usage: flowtime-sim COMMAND [OPTIONS]

      Commands:

      """
    for command in all {
      text += "  \(command.name)\(spaces(width - command.name.count))  \(command.summary)\n"
    }
    return text + """

      'flowtime-sim COMMAND --help' tells more. 'flowtime-sim --version' tells the version.

      Exit status: 0 done, 1 the input has errors, 2 wrong usage, 3 a file, socket or peer refused.

      """
  }

  private static func spelling(of option: Option) -> String {
    let names = option.names.joined(separator: ", ")
    switch option.value {
    case .none: return names
    case .required(let value): return "\(names) \(value)"
    case .optional(let value): return "\(names) [\(value)]"
    case .several(let value): return "\(names) \(value)..."
    }
  }
}

func spaces(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
