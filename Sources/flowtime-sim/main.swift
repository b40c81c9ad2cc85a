import FlowModel
import Platform
import Source

// Order matters: a missing standard stream must not be taken by a file that is opened later.
try? StandardStream.openMissing()
exitProcess(run(Array(Environment.arguments.dropFirst())).rawValue)

/// Runs the command that the arguments name; says on stderr why it is not done.
func run(_ arguments: [String]) -> ExitStatus {
  do throws(Stop) {
    try dispatch(arguments)
    return .done
  } catch {
    if !error.message.isEmpty { Terminal.notice("flowtime-sim: \(error.message)") }
    if error.status == .usage {
      let command = Command.all.first { $0.name == arguments.first }
      let topic = command.map { "flowtime-sim \($0.name)" } ?? "flowtime-sim"
      Terminal.notice("'\(topic) --help' tells more")
    }
    return error.status
  }
}

func dispatch(_ arguments: [String]) throws(Stop) {
  guard let name = arguments.first else { throw .usage("name a command") }
  let rest = Array(arguments.dropFirst())
  switch name {
  case "--help", "-h", "help":
    guard let command = rest.first.flatMap({ name in Command.all.first { $0.name == name } }) else {
      return try Terminal.output(Command.overview)
    }
    return try Terminal.output(command.help)
  case "--version", "version":
    return try Terminal.output("\(ProductVersion.name) \(ProductVersion.number)\n")
  default:
    guard let command = Command.all.first(where: { $0.name == name }) else {
      let near = Suggestion.only(name, among: Command.all.map(\.name))
      throw .usage("no command '\(name)'" + (near.map { "; did you mean '\($0)'?" } ?? ""))
    }
    let invocation = try Invocation(command, rest)
    if invocation.has(.help) { return try Terminal.output(command.help) }
    try command.run(invocation)
  }
}
