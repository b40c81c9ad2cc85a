package import JSON
import Source

/// The record that comes beside a model, in the header `X-Model-Provenance` or a file.
///
/// Source: docs/reference/runs.md, "Provenance".
package enum HeaderProvenance {
  /// - Parameters:
  ///   - text: one JSON object in either spelling of its fields, or the bare id of a model.
  ///   - place: what carries the record, as its sender knows it.
  /// - Returns: the record with its values as they came, nil where there is none; and what is worth a warning.
  /// - Throws: ``EngineFailure/provenanceInvalid(_:)`` for what begins as an object and is none, and for an id that is
  ///   no text: neither can be meant as an id.
  package static func read(
    _ text: String?, of place: String
  ) throws(EngineFailure) -> (record: JSONObject?, warnings: [String]) {
    let bytes = trimmed(text ?? "")
    // A byte order mark is refused at its place, and makes no id of a record.
    let isMarked = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    guard let first = bytes.dropFirst(isMarked ? 3 : 0).first else { return (nil, []) }
    guard first == UInt8(ascii: "{") else {
      return (["modelId": .string(String(decoding: bytes, as: UTF8.self))], [])
    }
    let object: JSONObject?
    do {
      object = try JSONDocument.parse(Array(bytes)).root.objectValue
    } catch {
      let why = "it begins as a JSON object and is none"
      throw .provenanceInvalid(
        ProvenanceFailure(
          "\(why): \(error.message)", explanation: error.explanation,
          at: bytes.startIndex + error.offset))
    }
    guard let object else { return (nil, []) }
    return try checked(object, of: place, in: bytes)
  }

  /// A record counts if it names its model.
  ///
  /// - Parameter text: of a record that came beside the model.
  static func checked(
    _ record: JSONObject, of place: String, in text: ArraySlice<UInt8>? = nil
  ) throws(EngineFailure) -> (record: JSONObject?, warnings: [String]) {
    var names: [String] = []
    for name in ["model_id", "modelId"] {
      guard let id = record[name], !id.isNull else { continue }
      if let id = id.stringValue {
        if !trimmed(id).isEmpty { names.append(name) }
        continue
      }
      let kind = id.kindName
      throw .provenanceInvalid(
        ProvenanceFailure(
          "the model id in \(place) must be text, not \(kind)",
          explanation: "\(quoted(name)) must be text, not \(kind)",
          at: text.map { start(of: name, in: $0) }))
    }
    guard !names.isEmpty else {
      return (nil, ["the provenance in \(place) names no model and is ignored"])
    }
    return (record, [])
  }

  /// Where the value of a member begins, in bytes of the whole text; where that is not easily known, where the object does.
  private static func start(of name: String, in text: ArraySlice<UInt8>) -> Int {
    let bytes = Array(text)
    var outline = JSONOutline()
    guard outline.read(bytes.span, limits: JSONLimits()),
      let member = outline.members.first(where: {
        bytes[$0.name.start..<$0.name.end].elementsEqual(name.utf8)
      })
    else { return text.startIndex }
    return text.startIndex + member.value.start
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
