import Source

/// The names that a template declares, each once, and their places among its definitions.
struct ParameterNames: Sendable {
  private let names: [ExactString]
  private let places: [ExactString: Int]
  /// Some declaration's name is not known, so that a name that is missing may be its.
  let isIncomplete: Bool

  init(_ definitions: [ParameterDefinition], isIncomplete: Bool = false) {
    self.isIncomplete = isIncomplete
    names = definitions.map(\.name)
    // Names of definitions are unique: ``ParameterReader`` sees to it.
    places = Dictionary(zip(names, names.indices)) { first, _ in first }
  }

  /// nil where no parameter has the name.
  func place(of name: ExactString) -> Int? { places[name] }

  /// In declared order.
  var all: [ExactString] { names }
}
