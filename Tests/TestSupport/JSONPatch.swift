package import JSON

extension JSONValue {
  /// Why a patch does not apply.
  package struct PatchFailure: Error {
    package let message: String
  }

  /// The document after every operation of a JSON Patch, in order; `test` and `copy` are not known.
  ///
  /// Source: RFC 6902.
  package func patched(_ operations: [JSONValue]) throws -> JSONValue {
    var document = self
    for operation in operations {
      guard let members = operation.objectValue, let path = members["path"]?.stringValue else {
        throw PatchFailure(message: "no operation: \(operation.text())")
      }
      switch (members["op"]?.stringValue, members["value"], members["from"]?.stringValue) {
      case ("add", let value?, _): try document.put(value, at: try steps(path), replacing: false)
      case ("replace", let value?, _): try document.put(value, at: try steps(path), replacing: true)
      case ("remove", _, _): _ = try document.take(at: try steps(path))
      case ("move", _, let from?):
        let value = try document.take(at: try steps(from))
        try document.put(value, at: try steps(path), replacing: false)
      default: throw PatchFailure(message: "no operation: \(operation.text())")
      }
    }
    return document
  }

  /// What a JSON Pointer points at.
  package func value(at pointer: String) throws -> JSONValue {
    var document = self
    let steps = try steps(pointer)
    return steps.isEmpty ? document : try document.take(at: steps[...])
  }

  private func steps(_ pointer: String) throws -> ArraySlice<String> {
    if pointer.isEmpty { return [] }
    guard pointer.hasPrefix("/") else { throw PatchFailure(message: "no pointer: \(pointer)") }
    return pointer.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map {
      String($0).replacing("~1", with: "/").replacing("~0", with: "~")
    }[...]
  }

  private mutating func put(
    _ value: JSONValue, at steps: ArraySlice<String>, replacing: Bool
  ) throws {
    guard let step = steps.first else {
      self = value
      return
    }
    let rest = steps.dropFirst()
    switch self {
    case .array(var items):
      let index = try Self.index(step, items.count, allowingEnd: rest.isEmpty && !replacing)
      if !rest.isEmpty {
        try items[index].put(value, at: rest, replacing: replacing)
      } else if replacing {
        items[index] = value
      } else {
        items.insert(value, at: index)
      }
      self = .array(items)
    case .object(var object):
      if rest.isEmpty, !replacing {
        object[step] = value
      } else {
        guard var inner = object[step] else { throw PatchFailure(message: "no member: \(step)") }
        try inner.put(value, at: rest, replacing: replacing)
        object[step] = inner
      }
      self = .object(object)
    default: throw PatchFailure(message: "nothing is below \(text()): \(step)")
    }
  }

  private mutating func take(at steps: ArraySlice<String>) throws -> JSONValue {
    guard let step = steps.first else { throw PatchFailure(message: "the root stays") }
    let rest = steps.dropFirst()
    let taken: JSONValue
    switch self {
    case .array(var items):
      let index = try Self.index(step, items.count, allowingEnd: false)
      taken = rest.isEmpty ? items.remove(at: index) : try items[index].take(at: rest)
      self = .array(items)
    case .object(var object):
      guard var inner = object[step] else { throw PatchFailure(message: "no member: \(step)") }
      taken = rest.isEmpty ? inner : try inner.take(at: rest)
      object[step] = rest.isEmpty ? nil : inner
      self = .object(object)
    default: throw PatchFailure(message: "nothing is below \(text()): \(step)")
    }
    return taken
  }

  private static func index(_ step: String, _ count: Int, allowingEnd: Bool) throws -> Int {
    guard let index = Int(step), String(index) == step, index >= 0,
      index < count || (allowingEnd && index == count)
    else { throw PatchFailure(message: "no index within \(count): \(step)") }
    return index
  }
}
