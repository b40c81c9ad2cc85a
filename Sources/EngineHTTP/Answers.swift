import EngineOperations
import HTTP
import JSON

extension Response {
  static func json(_ value: JSONValue) -> Response { Response(.ok, .json, value.serialized()) }

  /// What is stored and hardly ever changes.
  static func stored(_ type: MediaType, _ file: StoredFile, for request: Request) -> Response {
    stored(type, file.bytes, tagged: file.hash, for: request)
  }

  static func stored(
    _ type: MediaType, _ bytes: [UInt8], tagged tag: String, for request: Request
  ) -> Response {
    guard let tag = EntityTag(tag) else { return Response(.ok, type, bytes) }
    return .stored(type, bytes, tag: tag, for: request)
  }
}

extension MediaType {
  /// Exactly so, as clients of the contract compare it.
  static let bareCSV = MediaType("text/csv") ?? .csv
  static let textYAML = MediaType("text/yaml") ?? .yaml

  /// By the end of a file's name.
  static func ofFile(_ name: String) -> MediaType {
    switch String(Substring(name.utf8.split(separator: UInt8(ascii: ".")).last ?? "".utf8[...])) {
    case "json": .json
    case "yaml", "yml": .textYAML
    case "csv": .bareCSV
    case "txt", "log": .plain
    default: .bytes
    }
  }
}

extension JSONValue {
  static func number(_ value: Int) -> JSONValue { .number(JSONNumber(value)) }

  /// A text or null.
  static func text(_ value: String?) -> JSONValue { value.map(JSONValue.string) ?? .null }

  /// What JSON has no number for is the text that series files have for it.
  static func series(_ values: ArraySlice<Double>) -> JSONValue {
    .array(
      values.map { value in
        JSONNumber(value).map(JSONValue.number)
          ?? .string(value.isNaN ? "NaN" : value < 0 ? "-inf" : "inf")
      })
  }
}
