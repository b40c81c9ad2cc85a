import JSON
import Source

/// What a model says, as one number: SHA-256 over the RFC 8785 JSON of its typed tree without `provenance`.
///
/// The same with and without embedded provenance, after reformatting, reordering of keys and changes to comments; `1` and
/// `1.0` are one number. Source: docs/reference/model.md, "model_hash".
package enum ModelHash {
  /// - Returns: `sha256:` and 64 hexadecimal digits; nil where part of the tree is unknown.
  package static func of(_ root: DataNode) -> String? {
    guard case .mapping = root.content else { return nil }
    var bytes: [UInt8] = []
    guard append(root, without: "provenance", to: &bytes) else { return nil }
    return digest(of: bytes)
  }

  /// Appends a value as ``CanonicalJSON`` would, without making JSON of it.
  ///
  /// - Parameter left: the key of an entry that is left out.
  /// - Returns: false where part of the value is unknown.
  private static func append(
    _ node: DataNode, without left: ExactString? = nil, to bytes: inout [UInt8]
  ) -> Bool {
    switch node.content {
    case .unknown: return false
    case .null: bytes.append(contentsOf: "null".utf8)
    case .bool(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
    case .number(.integer(let value)): CanonicalJSON.append(integer: value, to: &bytes)
    case .number(.double(let value)): return CanonicalJSON.append(double: value, to: &bytes)
    case .string(let value): JSONWriter.append(string: value, to: &bytes)
    case .sequence(let items):
      bytes.append(UInt8(ascii: "["))
      let items = items.span
      for index in items.indices {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        guard append(items[index], to: &bytes) else { return false }
      }
      bytes.append(UInt8(ascii: "]"))
    case .mapping(let entries):
      var keys: [(text: String, place: Int)] = []
      keys.reserveCapacity(entries.count)
      let entries = entries.span
      for index in entries.indices where entries[index].key != left {
        keys.append((entries[index].key.text, index))
      }
      keys.sort { CanonicalJSON.precedes($0.text, $1.text) }
      bytes.append(UInt8(ascii: "{"))
      for index in keys.indices {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        JSONWriter.append(string: keys[index].text, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        guard append(entries[keys[index].place].value, to: &bytes) else { return false }
      }
      bytes.append(UInt8(ascii: "}"))
    }
    return true
  }

  /// SHA-256 of bytes, as `sha256:` and 64 hexadecimal digits: the form of `template_hash` and `model_hash`.
  package static func digest(of bytes: [UInt8]) -> String {
    var sha = SHA256()
    sha.update(bytes)
    return "sha256:" + sha.finalizeHex()
  }
}
