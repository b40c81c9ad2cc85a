import Source

/// One name of an object with its value.
package struct JSONMember: Hashable, Sendable {
  package var name: String
  package var value: JSONValue

  package init(_ name: String, _ value: JSONValue) {
    self.name = name
    self.value = value
  }

  package static func == (left: JSONMember, right: JSONMember) -> Bool {
    ExactString(left.name) == ExactString(right.name) && left.value == right.value
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(ExactString(name))
    hasher.combine(value)
  }
}

/// An object, with its members in the order of the text.
///
/// Two objects are equal if they have the same members in the same order.
package struct JSONObject: Hashable, Sendable {
  /// No two have the same name, byte for byte.
  package private(set) var members: [JSONMember]

  /// The members in their order. Of those with one name, the last value stands at the first one's place.
  ///
  /// Complexity: O(members).
  package init(_ members: [JSONMember] = []) {
    self.members = members
    var index = NameIndex()
    var kept = 0
    for (place, member) in members.enumerated() {
      let first = index.place(
        of: member.name, bytes: member.name.utf8.span, among: self.members, count: kept)
      if let first {
        self.members[first].value = member.value
      } else {
        if kept != place { self.members[kept] = member }
        kept += 1
      }
    }
    self.members.removeLast(members.count - kept)
  }

  /// For a parser that has seen to it that names are unique.
  init(unique members: [JSONMember]) {
    self.members = members
  }

  /// The value of the member whose name has these bytes: `é` in NFC and in NFD are two names.
  ///
  /// Setting replaces the value in its place, or appends a member; setting nil removes it.
  /// Complexity: O(members).
  package subscript(name: String) -> JSONValue? {
    get {
      for member in members where NameIndex.isSame(member.name, name) { return member.value }
      return nil
    }
    set {
      let place = members.firstIndex { NameIndex.isSame($0.name, name) }
      switch (place, newValue) {
      case (let place?, let value?): members[place].value = value
      case (let place?, nil): members.remove(at: place)
      case (nil, let value?): members.append(JSONMember(name, value))
      case (nil, nil): break
      }
    }
  }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
  package init(dictionaryLiteral elements: (String, JSONValue)...) {
    self.init(elements.map { JSONMember($0.0, $0.1) })
  }
}
