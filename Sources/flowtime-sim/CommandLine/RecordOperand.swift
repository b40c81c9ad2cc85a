import JSON
import Source

/// A file that is a provenance record, or a model.
enum RecordOperand {
  case record(JSONObject)
  case model(SourceText)

  /// A record is JSON. So may a model be, but then it has what no record has: a grid or nodes.
  ///
  /// - Throws: ``Stop`` with the place in the file, where it is called `.json` and is none.
  init(_ path: String) throws(Stop) {
    let text = try Disk.text(path)
    let document: JSONDocument
    do throws(JSONFailure) {
      document = try JSONDocument.parse(text.bytes)
    } catch {
      guard path.hasSuffix(".json") else {
        self = .model(text)
        return
      }
      throw .input("\(placeName(of: error.offset, in: text, path)): error: \(error.message)")
    }
    if let object = document.root.objectValue, object["grid"] != nil || object["nodes"] != nil {
      self = .model(text)
      return
    }
    guard let record = document.root.objectValue else {
      throw .input(
        "\(path): error: a provenance record is an object, not \(document.root.kindName)")
    }
    if let name = document.duplicateNames.first {
      throw .input("\(placeName(of: name.start, in: text, path)): error: this name is given twice")
    }
    self = .record(record)
  }
}
