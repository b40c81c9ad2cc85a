package import CommandLine
package import Server

extension Option {
  package static let limit = Option(
    "--limit", value: .required("NAME=NUMBER"),
    help: "change a bound that 'status' lists; may be repeated")
}

extension Invocation {
  /// Bounds as ``Option/limit`` changes them.
  ///
  /// - Throws: ``Stop`` for a bound that there is not, and for a number that none may have.
  package func limits<Named: NamedLimits>(_ usual: Named) throws(Stop) -> Named {
    var limits = usual
    for text in all(.limit) {
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      let least = Limits.leastValue(of: parts.first ?? "")
      guard parts.count == 2, let value = Int(parts[1]),
        (least...Limits.greatestValue).contains(value)
      else {
        throw .usage(
          "\(command.name): --limit takes NAME=NUMBER with a number from \(least) to \(Limits.greatestValue), not '\(text)'"
        )
      }
      guard limits.set(parts[0], to: value) else {
        throw .usage(
          "\(command.name): --limit takes NAME=NUMBER with one of \(limits.settable.joined(separator: ", ")), not '\(text)'"
        )
      }
    }
    return limits
  }
}
