import Source

/// A command's arguments, taken apart by its options.
package struct Invocation: Sendable {
  package let command: Command
  package private(set) var operands: [String] = []
  private var values: [(option: String, value: String?)] = []

  /// - Parameter check: what else must hold; looked at before arguments that are too many.
  /// - Throws: ``Stop/usage(_:)`` for an option that the command does not have, a value that is missing or too much.
  init(
    _ command: Command, _ arguments: [String], check: (Invocation) throws(Stop) -> Void
  ) throws(Stop) {
    self.command = command
    var rest = arguments[...]
    var optionsAreOver = false
    while let argument = rest.popFirst() {
      if optionsAreOver || argument == "-" || !argument.hasPrefix("-") {
        operands.append(argument)
      } else if argument == "--" {
        optionsAreOver = true
      } else {
        try take(argument, &rest)
      }
    }
    try check(self)
    if operands.count > command.operandCountMax {
      throw .usage("\(command.name): unexpected '\(operands[command.operandCountMax])'")
    }
  }

  private mutating func take(_ argument: String, _ rest: inout ArraySlice<String>) throws(Stop) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    let attached = parts.count > 1 ? String(parts[1]) : nil
    guard let option = (command.options + [.help]).first(where: { $0.names.contains(name) }) else {
      let known = command.options.flatMap(\.names)
      let near = Suggestion.only(name, among: known).map { "; did you mean '\($0)'?" } ?? ""
      throw .usage("\(command.name): no option '\(name)'\(near)")
    }
    switch option.value {
    case .none:
      if attached != nil { throw .usage("\(command.name): '\(name)' takes no value") }
      values.append((option.name, nil))
    case .required(let what):
      guard let value = attached ?? rest.popFirst(), !value.isEmpty else {
        throw .usage("\(command.name): '\(name)' needs a value: \(what)")
      }
      values.append((option.name, value))
    case .optional:
      if let value = attached {
        values.append((option.name, value))
      } else if let next = rest.first, !next.hasPrefix("-") {
        values.append((option.name, next))
        rest.removeFirst()
      } else {
        values.append((option.name, nil))
      }
    case .several(let what):
      var count = 0
      if let attached {
        values.append((option.name, attached))
        count += 1
      }
      while attached == nil, let next = rest.first, !next.hasPrefix("-") {
        values.append((option.name, next))
        rest.removeFirst()
        count += 1
      }
      if count == 0 { throw .usage("\(command.name): '\(name)' needs a value: \(what)") }
    }
  }

  package func has(_ option: Option) -> Bool { has(option.name) }

  /// - Parameter name: the usual one of an option whose help differs from program to program.
  package func has(_ name: String) -> Bool { values.contains { $0.option == name } }

  /// All values in the order given.
  package func all(_ option: Option) -> [String] {
    values.compactMap { $0.option == option.name ? $0.value : nil }
  }

  /// The last value: what is said later wins.
  package subscript(option: Option) -> String? { all(option).last }

  /// The value if it is one of those.
  package func choice(_ option: Option, of known: [String], default first: String) throws(Stop)
    -> String
  {
    guard let value = self[option] else { return first }
    guard known.contains(value) else {
      throw .usage(
        "\(command.name): '\(option.name)' is one of \(known.joined(separator: ", ")), not '\(value)'"
      )
    }
    return value
  }
}
