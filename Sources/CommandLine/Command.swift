/// A command of a program: its help, its options and what it does.
package struct Command: Sendable {
  package let name: String
  /// One line for the list of commands.
  package let summary: String
  /// What stands after the name in the usage line.
  package let usage: String
  /// Most arguments that are no options.
  package let operandCountMax: Int
  package let options: [Option]
  /// Further paragraphs of the help text.
  package let notes: String
  package let run: @Sendable (Invocation) throws(Stop) -> Void

  package init(
    name: String, summary: String, usage: String, operandCountMax: Int, options: [Option],
    notes: String, run: @escaping @Sendable (Invocation) throws(Stop) -> Void
  ) {
    self.name = name
    self.summary = summary
    self.usage = usage
    self.operandCountMax = operandCountMax
    self.options = options
    self.notes = notes
    self.run = run
  }

  /// The whole help text, which the page of the program's command line repeats.
  func help(of program: String) -> String {
    var text =
      "\(summary)\n\nUsage: \(program) \(name)\(usage.isEmpty ? "" : " " + usage)\n\nOptions:\n"
    let rows = (options + [.help]).map { (Command.spelling(of: $0), $0.help) }
    let width = rows.map(\.0.count).filter { $0 <= 32 }.max() ?? 0
    for (spelling, help) in rows {
      let gap = spelling.count > 32 ? "\n  " + spaces(width) : spaces(width - spelling.count)
      text += "  \(spelling)\(gap)  \(help)\n"
    }
    return notes.isEmpty ? text : text + "\n\(notes)\n"
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

package func spaces(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
