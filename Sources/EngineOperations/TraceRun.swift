import FlowModel
package import JSON
import RunStore

/// The way back from a run to the template and the values that it comes of.
package enum TraceRun {
  package struct Result: Sendable {
    package let run: String
    package let created: String
    /// The record, in its own spelling; nil where the run has none, and then nothing below is known but the hash.
    package let provenance: JSONObject?
    package let source: String?
    package let modelID: String?
    package let templateID: String?
    package let templateVersion: String?
    package let templateHash: String?
    /// As the record says it: over what the model means.
    package let modelHash: String?
    /// `sha256:` and hex digits over the text that was run.
    package let textHash: String
    package let parameters: JSONObject
    /// For a shell; nil where there is no template to make the model of again.
    package let verifyCommand: String?
  }

  package static func run(_ id: String, in engine: Engine) throws(EngineFailure) -> Result {
    let entry = try GetArtifact.run(id, in: engine)
    let (model, record) = try EngineFailure.wrapping { () throws(RunStoreFailure) in
      (try engine.store.model(of: id), try engine.store.provenance(of: id))
    }
    func text(_ snakeCase: String, _ camelCase: String) -> String? {
      (record?[snakeCase] ?? record?[camelCase])?.stringValue
    }
    let templateID = text("template_id", "templateId")
    return Result(
      run: id, created: entry.created.rfc3339, provenance: record,
      source: text("source", "source"), modelID: text("model_id", "modelId"),
      templateID: templateID, templateVersion: text("template_version", "templateVersion"),
      templateHash: text("template_hash", "templateHash"),
      modelHash: text("model_hash", "modelHash"), textHash: StoredFile(model).hash,
      parameters: record?["parameters"]?.objectValue ?? JSONObject(),
      verifyCommand: templateID == nil ? nil : verifyCommand(id, in: engine.store))
  }

  /// What proves that the model of a run comes of its record.
  private static func verifyCommand(_ id: String, in store: RunStore) -> String {
    let directory = store.directory + "/" + id
    // Older engines have the record beside the model.
    let isAtTop = (try? store.file("provenance.json", of: id)) != nil
    return [
      "flowtime-sim", "verify", directory + "/model/model.yaml", "--provenance",
      directory + (isAtTop ? "/provenance.json" : "/model/provenance.json"),
    ].map(shellWord).joined(separator: " ")
  }

  /// A word of a POSIX shell that means the text and nothing else.
  package static func shellWord(_ text: String) -> String {
    let isPlain =
      !text.isEmpty
      && text.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        case 0x2B, 0x2C, 0x2D, 0x2E, 0x2F, 0x3A, 0x3D, 0x40, 0x5F: true
        default: false
        }
      }
    if isPlain { return text }
    var word = "'"
    for scalar in text.unicodeScalars {
      if scalar == "'" { word += "'\\''" } else { word.unicodeScalars.append(scalar) }
    }
    return word + "'"
  }
}
