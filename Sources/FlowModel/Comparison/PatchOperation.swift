package import JSON

/// One step of a JSON Patch: `add`, `remove`, `replace` or `move`.
///
/// Paths are JSON Pointers (RFC 6901) into the document as the steps before have left it. Source: RFC 6902, section 4.
package enum PatchOperation: Sendable {
  case add(path: String, value: DataNode)
  case remove(path: String)
  case replace(path: String, value: DataNode)
  case move(from: String, path: String)

  package var json: JSONValue {
    switch self {
    case .add(let path, let value):
      ["op": "add", "path": .string(path), "value": value.json ?? .null]
    case .remove(let path): ["op": "remove", "path": .string(path)]
    case .replace(let path, let value):
      ["op": "replace", "path": .string(path), "value": value.json ?? .null]
    case .move(let from, let path):
      ["op": "move", "from": .string(from), "path": .string(path)]
    }
  }
}
