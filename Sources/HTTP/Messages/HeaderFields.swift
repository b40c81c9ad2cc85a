/// The fields of a message in their order. A name is found whatever its case; several of one name are kept.
///
/// No name is but a token and no value has a control character: what is written cannot be read as anything else.
package struct HeaderFields: Sendable {
  package struct Field: Sendable {
    /// As it was written.
    package let name: String
    /// Without blanks around it.
    package let value: String
  }

  /// Why a field could not be added.
  package enum Failure: Error, Hashable {
    case nameMalformed(String)
    /// A line break, a NUL or another control character stands in the value of the field.
    case valueMalformed(name: String)
  }

  package private(set) var fields: [Field] = []

  package init() {}

  /// Adds a field behind the others.
  ///
  /// - Throws: ``Failure``; nothing has changed.
  package mutating func append(_ name: String, _ value: String) throws(Failure) {
    guard Grammar.isToken(name.utf8) else { throw .nameMalformed(name) }
    guard value.utf8.allSatisfy(Grammar.isValueByte) else { throw .valueMalformed(name: name) }
    fields.append(Field(name: name, value: value))
  }

  /// For a reader that has looked at both.
  mutating func append(checked name: String, _ value: String) {
    fields.append(Field(name: name, value: value))
  }

  mutating func remove(_ name: String) {
    fields.removeAll { Grammar.isSame($0.name, name) }
  }

  /// The value of the first field of this name.
  package subscript(name: String) -> String? {
    fields.first { Grammar.isSame($0.name, name) }?.value
  }

  /// The values of all fields of this name, in order.
  package func values(of name: String) -> [String] {
    fields.filter { Grammar.isSame($0.name, name) }.map(\.value)
  }
}
