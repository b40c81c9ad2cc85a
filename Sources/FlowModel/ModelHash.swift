import JSON
import Source

/// What a model says, as one number: SHA-256 over the RFC 8785 JSON of its typed tree without `provenance`.
///
/// The same with and without embedded provenance, after reformatting, reordering of keys and changes to comments; `1` and
/// `1.0` are one number. Source: docs/reference/model.md, "model_hash".
package enum ModelHash {
  /// - Returns: `sha256:` and 64 hexadecimal digits; nil where part of the tree is unknown.
  package static func of(_ root: DataNode) -> String? {
    var cuts: [CutBytes.Cut] = []
    return canonical(root, nil, &cuts).map { digest(of: $0) }
  }

  /// The JSON that the hash is taken over; nil where part of the tree is unknown.
  ///
  /// - Parameters:
  ///   - slots: those in the tree.
  ///   - cuts: where their values stand in the JSON.
  static func canonical(_ root: DataNode, _ slots: SlotTree?, _ cuts: inout [CutBytes.Cut])
    -> [UInt8]?
  {
    guard case .mapping = root.content else { return nil }
    var bytes: [UInt8] = []
    guard append(root, without: "provenance", to: &bytes, slots, &cuts) else { return nil }
    return bytes
  }

  /// Appends a number as ``CanonicalJSON`` would.
  ///
  /// - Returns: false for what is no number of JSON.
  @discardableResult
  static func append(_ number: Number, to bytes: inout [UInt8]) -> Bool {
    switch number {
    case .integer(let value):
      CanonicalJSON.append(integer: value, to: &bytes)
      return true
    case .double(let value): return CanonicalJSON.append(double: value, to: &bytes)
    }
  }

  /// Appends a value as ``CanonicalJSON`` would, without making JSON of it.
  ///
  /// - Parameter left: the key of an entry that is left out.
  /// - Returns: false where part of the value is unknown.
  private static func append(
    _ node: DataNode, without left: ExactString? = nil, to bytes: inout [UInt8],
    _ slots: SlotTree?, _ cuts: inout [CutBytes.Cut]
  ) -> Bool {
    let start = bytes.count
    defer {
      if let slot = slots?.slot {
        cuts.append(CutBytes.Cut(slot: slot, range: start..<bytes.count))
      }
    }
    switch node.content {
    case .unknown: return false
    case .null: bytes.append(contentsOf: "null".utf8)
    case .bool(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
    case .number(let value): return append(value, to: &bytes)
    case .string(let value): JSONWriter.append(string: value, to: &bytes)
    case .sequence(let items):
      bytes.append(UInt8(ascii: "["))
      let items = items.span
      for index in items.indices {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        guard append(items[index], to: &bytes, slots?[.index(index)], &cuts) else { return false }
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
        let place = keys[index].place
        guard append(entries[place].value, to: &bytes, slots?[.key(entries[place].key)], &cuts)
        else { return false }
      }
      bytes.append(UInt8(ascii: "}"))
    }
    return true
  }

  /// SHA-256 of bytes, as `sha256:` and 64 hexadecimal digits: the form of `template_hash` and `model_hash`.
  package static func digest(of bytes: [UInt8]) -> String {
    var sha = SHA256()
    sha.update(bytes)
    return digest(sha)
  }

  /// The digest of what was hashed, in that form.
  static func digest(_ sha: SHA256) -> String {
    var sha = sha
    return "sha256:" + sha.finalizeHex()
  }
}
