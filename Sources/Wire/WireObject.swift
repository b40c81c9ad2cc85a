package import JSON

/// Members of a JSON object, taken out by type; its path names it in errors.
package struct WireObject: Sendable {
  package let object: JSONObject
  private let path: String

  package init(_ object: JSONObject, path: String = "params") {
    self.object = object
    self.path = path
  }

  /// `params` of a message: an object, or absent, which is an empty one.
  package init(params: JSONValue?) throws(WireError) {
    switch params {
    case nil: self.init(JSONObject())
    case .object(let object): self.init(object)
    case .some(let other): throw WireError("params: expected an object, not \(other.kindName)")
    }
  }

  /// A member that is not there is nil, and so is `null`: clients write either.
  private func member<Value>(
    _ name: String, _ expected: String, _ convert: (JSONValue) -> Value?
  ) throws(WireError) -> Value? {
    guard let value = object[name], !value.isNull else { return nil }
    guard let result = convert(value) else {
      throw WireError("\(path).\(name): expected \(expected), not \(value.kindName)")
    }
    return result
  }

  private func required<Value>(_ value: Value?, _ name: String, _ expected: String)
    throws(WireError) -> Value
  {
    guard let value else {
      throw WireError("\(path).\(name): expected \(expected), and it is missing")
    }
    return value
  }

  package func optionalString(_ name: String) throws(WireError) -> String? {
    try member(name, "a string") { $0.stringValue }
  }

  package func string(_ name: String) throws(WireError) -> String {
    try required(try optionalString(name), name, "a string")
  }

  package func optionalBool(_ name: String) throws(WireError) -> Bool? {
    try member(name, "true or false") { $0.boolValue }
  }

  package func optionalInteger(_ name: String) throws(WireError) -> Int? {
    try member(name, "a whole number") { $0.numberValue?.integer }
  }

  package func integer(_ name: String) throws(WireError) -> Int {
    try required(try optionalInteger(name), name, "a whole number")
  }

  package func optionalObject(_ name: String) throws(WireError) -> WireObject? {
    try member(name, "an object") { $0.objectValue }.map { WireObject($0, path: "\(path).\(name)") }
  }

  package func object(_ name: String) throws(WireError) -> WireObject {
    try required(try optionalObject(name), name, "an object")
  }

  /// A member of any type; nil where it is not there or null.
  package func present(_ name: String) -> JSONValue? {
    object[name].flatMap { $0.isNull ? nil : $0 }
  }

  /// A member of any type; `null` is a value here.
  package func value(_ name: String, _ expected: String) throws(WireError) -> JSONValue {
    try required(object[name], name, expected)
  }

  package func optionalArray(_ name: String) throws(WireError) -> [JSONValue]? {
    try member(name, "an array") { $0.arrayValue }
  }

  package func optionalStrings(_ name: String) throws(WireError) -> [String]? {
    guard let items = try optionalArray(name) else { return nil }
    var strings: [String] = []
    for (index, item) in items.enumerated() {
      guard case .string(let text) = item else {
        throw WireError("\(path).\(name)[\(index)]: expected a string, not \(item.kindName)")
      }
      strings.append(text)
    }
    return strings
  }

  package func strings(_ name: String) throws(WireError) -> [String] {
    try required(try optionalStrings(name), name, "an array")
  }

  /// Every item of an array, which must all be objects.
  package func objects(_ name: String) throws(WireError) -> [WireObject] {
    let items = try required(try optionalArray(name), name, "an array")
    var objects: [WireObject] = []
    for (index, item) in items.enumerated() {
      guard case .object(let object) = item else {
        throw WireError("\(path).\(name)[\(index)]: expected an object, not \(item.kindName)")
      }
      objects.append(WireObject(object, path: "\(path).\(name)[\(index)]"))
    }
    return objects
  }

  /// An error about a member whose type is right and whose value is not.
  package func refused(_ name: String, _ expected: String) -> WireError {
    WireError("\(path).\(name): expected \(expected)")
  }
}
