import JSON
import Source

/// A field of a record, whichever of its two spellings it has.
enum ProvenanceField {
  /// `template_id` and `templateId` are one field.
  static func value(of name: String, in record: JSONObject) -> JSONValue? {
    if let value = record[name] { return value }
    let camel = camelCase(name)
    return record.members.first {
      ExactString(camelCase($0.name)) == ExactString(camel)
    }?.value
  }

  /// `template_id` becomes `templateId`; what has no underscore stays.
  static func camelCase(_ name: String) -> String {
    guard name.utf8.contains(UInt8(ascii: "_")) else { return name }
    var bytes: [UInt8] = []
    var startsWord = false
    for byte in name.utf8 {
      if byte == UInt8(ascii: "_"), !bytes.isEmpty {
        startsWord = true
      } else {
        bytes.append(startsWord && (0x61...0x7A).contains(byte) ? byte - 0x20 : byte)
        startsWord = false
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
