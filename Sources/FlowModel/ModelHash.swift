import JSON
import Source

/// What a model says, as one number: SHA-256 over the RFC 8785 JSON of its typed tree without `provenance`.
///
/// The same with and without embedded provenance, after reformatting, reordering of keys and changes to comments; `1` and
/// `1.0` are one number. Source: docs/reference/model.md, "model_hash".
package enum ModelHash {
  /// - Returns: `sha256:` and 64 hexadecimal digits; nil where part of the tree is unknown.
  package static func of(_ root: DataNode) -> String? {
    guard case .object(var object)? = root.json else { return nil }
    object["provenance"] = nil
    guard let bytes = try? CanonicalJSON.bytes(of: .object(object)) else { return nil }
    return digest(of: bytes)
  }

  /// SHA-256 of bytes, as `sha256:` and 64 hexadecimal digits: the form of `template_hash` and `model_hash`.
  package static func digest(of bytes: [UInt8]) -> String {
    var sha = SHA256()
    sha.update(bytes)
    return "sha256:" + sha.finalizeHex()
  }
}
