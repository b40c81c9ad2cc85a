import Source

/// A program as the one who types sees it: its name, its version and its commands.
package struct Program: Sendable {
  package let name: String
  package let version: String
  /// One sentence, for the overview.
  package let summary: String
  package let commands: [Command]
  /// What must hold of the arguments of every command, beside what its options say.
  private let check: @Sendable (Invocation) throws(Stop) -> Void

  package init(
    name: String, version: String, summary: String, commands: [Command],
    check: @escaping @Sendable (Invocation) throws(Stop) -> Void = { _ in }
  ) {
    self.name = name
    self.version = version
    self.summary = summary
    self.commands = commands
    self.check = check
  }

  /// Runs the command that the arguments name; says on stderr why it is not done.
  ///
  /// - Parameter arguments: without the program itself.
  package func run(_ arguments: [String]) -> ExitStatus {
    do throws(Stop) {
      try dispatch(arguments)
      return .done
    } catch {
      if !error.message.isEmpty { Terminal.notice("\(name): \(error.message)") }
      if error.status == .usage {
        let command = arguments.first.flatMap { self.command($0) }
        let topic = command.map { "\(name) \($0.name)" } ?? name
        Terminal.notice("'\(topic) --help' tells more")
      }
      return error.status
    }
  }

  private func dispatch(_ arguments: [String]) throws(Stop) {
    guard let first = arguments.first else { throw .usage("name a command") }
    let rest = Array(arguments.dropFirst())
    switch first {
    case "--help", "-h", "help":
      guard let command = rest.first.flatMap({ self.command($0) }) else {
        return try Terminal.output(overview)
      }
      return try Terminal.output(command.help(of: name))
    case "--version", "version":
      return try Terminal.output("\(name) \(version)\n")
    default:
      guard let command = self.command(first) else {
        let near = Suggestion.only(first, among: commands.map(\.name))
        throw .usage("no command '\(first)'" + (near.map { "; did you mean '\($0)'?" } ?? ""))
      }
      let invocation = try Invocation(command, rest, check: check)
      if invocation.has(.help) { return try Terminal.output(command.help(of: name)) }
      try command.run(invocation)
    }
  }

  private func command(_ name: String) -> Command? { commands.first { $0.name == name } }

  /// The help text that names all commands, which the page of the program's command line repeats.
  private var overview: String {
    let width = commands.map(\.name.count).max() ?? 0
    var text = """
      \(summary)

      Usage: \(name) COMMAND [OPTIONS]

      Commands:

      """
    for command in commands {
      text += "  \(command.name)\(spaces(width - command.name.count))  \(command.summary)\n"
    }
    return text + """

      '\(name) COMMAND --help' tells more. '\(name) --version' tells the version.

      Exit status: 0 done, 1 the input has errors, 2 wrong usage, 3 a file, socket or peer refused.

      """
  }
}
