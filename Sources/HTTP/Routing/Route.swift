/// A method and a pattern of paths, and who answers.
///
/// A pattern is `/v1/runs/{id}/files/{name...}`: words that stand for themselves, `{name}` for any segment that is not
/// empty, and `{name...}` at the end for one or more of them.
package struct Route<Handler: Sendable>: Sendable {
  enum Part: Sendable {
    case word(String)
    case one(String)
    case rest(String)
  }

  package let method: String
  package let pattern: String
  package let handler: Handler
  /// What a body may be; anything where the list is empty. A body that does not say what it is may always be.
  package let consumes: [MediaType]
  /// What the answer can be, best first; where the list is empty, `Accept` is not looked at.
  package let produces: [MediaType]
  let parts: [Part]

  /// - Parameter pattern: A fixed text of the program: a wrong one is a mistake in it, and stops it at the start.
  package init(
    _ method: String, _ pattern: String, _ handler: Handler, consumes: [MediaType] = [],
    produces: [MediaType] = []
  ) {
    self.method = method
    self.pattern = pattern
    self.handler = handler
    self.consumes = consumes
    self.produces = produces
    precondition(pattern.utf8.first == 0x2F)
    parts = pattern.utf8.dropFirst().split(separator: 0x2F).map { part in
      guard part.first == 0x7B else { return .word(String(Substring(part))) }
      precondition(part.last == 0x7D && part.count > 2)
      let name = part.dropFirst().dropLast()
      return name.suffix(3).elementsEqual("...".utf8)
        ? .rest(String(Substring(name.dropLast(3)))) : .one(String(Substring(name)))
    }
    for part in parts.dropLast() {
      if case .rest = part { preconditionFailure("what takes the rest stands at the end") }
    }
  }

  /// What stands for the names of the pattern; nil if the path is another.
  func match(_ segments: [String]) -> [(name: String, value: String)]? {
    var found: [(name: String, value: String)] = []
    var rest = segments[...]
    for part in parts {
      guard let segment = rest.popFirst() else { return nil }
      switch part {
      case .word(let word):
        guard segment.utf8.elementsEqual(word.utf8) else { return nil }
      case .one(let name):
        guard !segment.utf8.isEmpty else { return nil }
        found.append((name, segment))
      case .rest(let name):
        guard !segment.utf8.isEmpty, rest.allSatisfy({ !$0.utf8.isEmpty }) else { return nil }
        found.append((name, ([segment] + rest).joined(separator: "/")))
        rest = []
      }
    }
    return rest.isEmpty ? found : nil
  }

  /// How exact the pattern is: of two that match, the greater one is meant.
  var exactness: [Int] {
    parts.map { part in
      switch part {
      case .word: 2
      case .one: 1
      case .rest: 0
      }
    }
  }
}
