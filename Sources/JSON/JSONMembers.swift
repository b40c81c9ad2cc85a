/// The members of an object, in their order.
package struct JSONMembers: RandomAccessCollection, Sendable {
  private let names: [String]
  private let values: [JSONValue]

  init(names: [String], values: [JSONValue]) {
    self.names = names
    self.values = values
  }

  package var startIndex: Int { 0 }
  package var endIndex: Int { names.count }

  package subscript(place: Int) -> JSONMember {
    JSONMember(names[place], values[place])
  }
}
