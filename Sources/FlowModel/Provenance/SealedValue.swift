package import JSON

/// What a record says of a sensitive value: a salted digest, which proves the value to who has it and tells it to nobody.
///
/// In JSON `{"salt": …, "sha256": …}`; no value of a parameter is an object, so that nothing else looks like it.
/// Source: docs/reference/template.md, "sensitive".
package struct SealedValue: Hashable, Sendable {
  /// 32 lower-case hexadecimal digits.
  package let salt: String
  /// SHA-256 over the salt, `:` and the value as RFC 8785 JSON: 64 lower-case hexadecimal digits.
  package let sha256: String

  /// - Returns: nil for a number that no double holds.
  package init?(_ value: JSONValue, salt: String) {
    guard let bytes = try? CanonicalJSON.bytes(of: value) else { return nil }
    var sha = SHA256()
    sha.update(Array((salt + ":").utf8))
    sha.update(bytes)
    self.salt = salt
    sha256 = sha.finalizeHex()
  }

  /// - Returns: nil for everything else than a sealed value.
  package init?(json: JSONValue) {
    guard case .object(let object) = json, object.members.count == 2,
      case .string(let salt)? = object["salt"], case .string(let digest)? = object["sha256"],
      SealedValue.isHexadecimal(salt, count: 32), SealedValue.isHexadecimal(digest, count: 64)
    else { return nil }
    self.salt = salt
    sha256 = digest
  }

  package var json: JSONValue {
    .object(
      JSONObject([JSONMember("salt", .string(salt)), JSONMember("sha256", .string(sha256))]))
  }

  /// Whether this is what was sealed.
  package func seals(_ value: JSONValue) -> Bool { SealedValue(value, salt: salt) == self }

  /// The salt of one parameter of one template: the same whenever it is sealed, so that the same request gives the same
  /// record, and two records tell whether they seal one value.
  package static func salt(templateID: String, parameter: String) -> String? {
    let parts: JSONValue = .array([.string(templateID), .string(parameter)])
    guard let bytes = try? CanonicalJSON.bytes(of: parts) else { return nil }
    return String(SHA256.hex(of: bytes).prefix(32))
  }

  private static func isHexadecimal(_ text: String, count: Int) -> Bool {
    text.utf8.count == count
      && text.utf8.allSatisfy { ($0 >= 0x30 && $0 <= 0x39) || ($0 >= 0x61 && $0 <= 0x66) }
  }
}
