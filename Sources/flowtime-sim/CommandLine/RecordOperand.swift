import CommandLine
import FlowModel
import JSON
import Source

/// A file that is a provenance record, or a model, told apart by what is in it.
enum RecordOperand {
  case record(JSONObject)
  case model

  /// A record is a JSON object. So may a model be, but then it has what no record has: a grid or nodes.
  ///
  /// - Throws: ``Stop`` with the place in the file, where it begins as a record and is no JSON.
  init(_ text: SourceText, _ path: String) throws(Stop) {
    guard RecordOperand.beginsObject(text) else {
      self = .model
      return
    }
    let value: JSONValue
    do throws(Stop) {
      value = try readJSON(text, path)
    } catch {
      // YAML may begin with a brace too.
      guard ModelDocument(text).hasModelKey else { throw error }
      self = .model
      return
    }
    guard let record = value.objectValue, !ModelDocument.keys.contains(where: { record[$0] != nil })
    else {
      self = .model
      return
    }
    self = .record(record)
  }

  /// Whether the first byte that counts is a brace. A byte order mark does not: it is told as what is wrong.
  private static func beginsObject(_ text: SourceText) -> Bool {
    let bytes = text.bytes
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    return bytes.dropFirst(start).first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) } == 0x7B
  }
}
