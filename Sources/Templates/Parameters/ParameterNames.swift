import Source

/// The names that a template declares, each once, and their places among its definitions.
struct ParameterNames: Sendable {
  private let names: [ExactString]
  private let places: [ExactString: Int]

  init(_ definitions: [ParameterDefinition]) {
    names = definitions.map(\.name)
    // Names of definitions are unique: ``ParameterReader`` sees to it.
    places = Dictionary(zip(names, names.indices)) { first, _ in first }
  }

  /// nil where no parameter has the name.
  func place(of name: ExactString) -> Int? { places[name] }

  /// In declared order.
  var all: [ExactString] { names }
}
