import Source

/// An object, with its members in the order of the text.
///
/// Two objects are equal if they have the same members in the same order. Objects that were read from one text share
/// the names that they have in common.
package struct JSONObject: Sendable {
  /// No two are the same, byte for byte.
  private(set) var names: [String]
  /// As many as names.
  private(set) var values: [JSONValue]

  /// The members in their order. Of those with one name, the last value stands at the first one's place.
  ///
  /// Complexity: O(members).
  package init(_ members: [JSONMember] = []) {
    names = []
    values = []
    names.reserveCapacity(members.count)
    values.reserveCapacity(members.count)
    var index = NameIndex()
    for member in members {
      if let first = index.place(of: member.name, among: names, count: names.count) {
        values[first] = member.value
      } else {
        names.append(member.name)
        values.append(member.value)
      }
    }
  }

  /// For a parser that has seen to it that names are unique.
  @inline(__always)
  init(unique names: [String], _ values: [JSONValue]) {
    self.names = names
    self.values = values
  }

  package var members: JSONMembers {
    JSONMembers(names: names, values: values)
  }

  /// The value of the member whose name has these bytes: `é` in NFC and in NFD are two names.
  ///
  /// Setting replaces the value in its place, or appends a member; setting nil removes it.
  /// Complexity: O(members).
  package subscript(name: String) -> JSONValue? {
    get {
      names.firstIndex { NameIndex.isSame($0, name) }.map { values[$0] }
    }
    set {
      let place = names.firstIndex { NameIndex.isSame($0, name) }
      switch (place, newValue) {
      case (let place?, let value?): values[place] = value
      case (let place?, nil):
        names.remove(at: place)
        values.remove(at: place)
      case (nil, let value?):
        names.append(name)
        values.append(value)
      case (nil, nil): break
      }
    }
  }
}

extension JSONObject {
  /// Members in the order given, without those that have no value.
  package static func present(_ members: [(String, JSONValue?)]) -> JSONValue {
    .object(
      JSONObject(
        members.compactMap { name, value in value.map { JSONMember(name, $0) } }))
  }
}

extension JSONObject: Hashable {
  package static func == (left: JSONObject, right: JSONObject) -> Bool {
    left.names.elementsEqual(right.names, by: NameIndex.isSame) && left.values == right.values
  }

  package func hash(into hasher: inout Hasher) {
    for name in names { hasher.combine(ExactString(name)) }
    hasher.combine(values)
  }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
  package init(dictionaryLiteral elements: (String, JSONValue)...) {
    self.init(elements.map { JSONMember($0.0, $0.1) })
  }
}
