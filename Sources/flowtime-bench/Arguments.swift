/// What the command line asks for.
struct Arguments {
  static let help = """
    Measures the parts of FlowTime Sim.

    Usage: swift run -c release flowtime-bench [--filter TEXT] [--seconds NUMBER] [--templates DIR]

      --filter TEXT     only measurements with TEXT in their name
      --seconds NUMBER  time for each measurement; default 0.5
      --templates DIR   the bundled templates; default ./templates
    """

  private(set) var filter = ""
  private(set) var seconds = 0.5
  private(set) var templates = "templates"
  private(set) var asksForHelp = false

  init(_ arguments: [String]) throws(Failure) {
    var rest = arguments[...]
    while let name = rest.popFirst() {
      if name == "--help" || name == "-h" {
        asksForHelp = true
        continue
      }
      guard ["--filter", "--seconds", "--templates"].contains(name) else {
        throw Failure("no option '\(name)'; --help tells which there are")
      }
      guard let value = rest.popFirst() else { throw Failure("'\(name)' needs a value") }
      switch name {
      case "--filter": filter = value
      case "--templates": templates = value
      default:
        guard let number = Double(value), number > 0, number <= 3_600 else {
          throw Failure("--seconds takes a number above 0 and up to 3600, not '\(value)'")
        }
        seconds = number
      }
    }
  }

  func selects(_ name: String) -> Bool {
    filter.isEmpty || name.contains(filter)
  }
}
