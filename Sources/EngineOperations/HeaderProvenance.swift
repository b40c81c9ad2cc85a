package import JSON
import Source

/// The record that comes beside a model, in the header `X-Model-Provenance` or a file.
///
/// Source: docs/reference/runs.md, "Provenance".
package enum HeaderProvenance {
  /// - Parameter text: one JSON object in either spelling of its fields, or the bare id of a model.
  /// - Returns: the record with its values as they came, nil where there is none; and what is worth a warning.
  /// - Throws: ``EngineFailure/provenanceInvalid(_:)`` for what begins as an object and is none, and for an id that is
  ///   no text: neither can be meant as an id.
  package static func read(
    _ text: String?
  ) throws(EngineFailure) -> (record: JSONObject?, warnings: [String]) {
    let bytes = trimmed(text ?? "")
    guard let first = bytes.first else { return (nil, []) }
    guard first == UInt8(ascii: "{") else {
      return (["modelId": .string(String(decoding: bytes, as: UTF8.self))], [])
    }
    let object: JSONObject?
    do {
      object = try JSONDocument.parse(Array(bytes)).root.objectValue
    } catch {
      throw .provenanceInvalid("it begins as a JSON object and is none: \(error.message)")
    }
    guard let object else { return (nil, []) }
    return try checked(object, of: "the header")
  }

  /// A record counts if it names its model.
  static func checked(
    _ record: JSONObject, of place: String
  ) throws(EngineFailure) -> (record: JSONObject?, warnings: [String]) {
    let ids = ["model_id", "modelId"].compactMap { record[$0] }.filter { !$0.isNull }
    for id in ids where id.stringValue == nil {
      throw .provenanceInvalid("the model id in \(place) must be text, not \(id.kindName)")
    }
    guard ids.contains(where: { !trimmed($0.stringValue ?? "").isEmpty }) else {
      return (nil, ["the provenance in \(place) names no model and is ignored"])
    }
    return (record, [])
  }

  /// The id of the model, in either spelling.
  static func modelID(of record: JSONObject) -> String {
    record["model_id"]?.stringValue ?? record["modelId"]?.stringValue ?? ""
  }

  private static func trimmed(_ text: String) -> ArraySlice<UInt8> {
    var bytes = Array(text.utf8)[...]
    while let first = bytes.first, isBlank(first) { bytes.removeFirst() }
    while let last = bytes.last, isBlank(last) { bytes.removeLast() }
    return bytes
  }

  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
