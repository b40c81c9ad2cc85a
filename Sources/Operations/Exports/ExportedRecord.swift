import FlowModel
import JSON
import Source

/// A record as every export sees it: its fields whatever their spelling, and the names of the things it speaks of.
///
/// Names are URNs that need nobody's domain: `urn:flowtime:` and a path, in which everything but letters, digits and
/// `-._~` is percent-encoded. Source: docs/reference/exports.md, "Names".
struct ExportedRecord: Sendable {
  static let prefix = "urn:flowtime:"

  /// As it was given, fields that are not known included.
  let json: JSONObject
  let modelID: String
  let templateID: String
  let templateVersion: String?
  /// nil where it is empty.
  let templateTitle: String?
  /// RFC 3339 in UTC, to the microsecond; nil where the record has none.
  let generatedAt: String?
  let schemaVersion: String?
  let mode: String?
  let modelHash: String?
  /// 64 digits.
  let templateDigest: String?
  /// nil where the record has none.
  let parameters: JSONObject?
  /// Without a record in it.
  let model: SourceText?
  let template: SourceText?
  /// Some by name; nil where there are none.
  private let unknownFields: String?
  /// nil where the record does not say.
  private let statedProgram: String?
  let programName: String
  let programVersion: String?
  let builder: String

  init(
    _ record: RecordClaim, model: SourceText?, template: SourceText?, builder: String?
  ) {
    json = record.object
    modelID = record.modelID
    templateID = record.templateID
    unknownFields = record.unknownFieldsNamed
    templateVersion = record.text("template_version")
    let title = record.text("template_title") ?? ""
    templateTitle = title.isEmpty ? nil : title
    generatedAt = record.time?.rfc3339
    schemaVersion = record.text("schema_version")
    mode = record.text("mode")
    modelHash = record.text("model_hash")
    templateDigest =
      record.text("template_hash").map { String($0.dropFirst("sha256:".count)) }
      ?? template.map { SHA256.hex(of: $0.bytes) }
    parameters = record.statedParameters
    self.model = model
    self.template = template
    // Older records have no version of its own: `generator` is the name, a slash and the version.
    let generator =
      record.text("generator")?
      .split(separator: "/", maxSplits: 1).map(String.init) ?? []
    statedProgram = record.text("source") ?? generator.first
    programName = statedProgram ?? "unknown"
    programVersion =
      record.text("sim_version") ?? (generator.count > 1 ? generator.last : nil)
    self.builder = builder ?? ExportedRecord.name("builder", programName)
  }

  /// SHA-256 of the model's bytes without a record in them, 64 digits; nil without the model.
  var modelDigest: String? { model.map { SHA256.hex(of: $0.bytes) } }

  /// What every format leaves unsaid.
  var notes: [String] {
    var notes: [String] = []
    if model == nil { notes.append("without the model there is no digest of its bytes") }
    if parameters == nil { notes.append("the record has no 'parameters'") }
    if let statedProgram {
      if ExactString(statedProgram) != ExactString(ProductVersion.name) {
        notes.append("the record names \(quoted(statedProgram)) as what made the model")
      }
    } else {
      notes.append("the record does not say what made the model")
    }
    if let unknownFields {
      notes.append("fields that are not known go along in the whole record: \(unknownFields)")
    }
    return notes
  }

  /// Under ``prefix``.
  var modelPath: String { ExportedRecord.path("model", modelID) }
  var generationPath: String { ExportedRecord.path("generation", modelID) }
  var recordPath: String { ExportedRecord.path("provenance", modelID) }
  var parametersPath: String { ExportedRecord.path("parameters", modelID) }
  var templatePath: String {
    ExportedRecord.path("template", templateID)
      + (templateVersion.map { "@" + ExportedRecord.escaped($0) } ?? "")
  }
  var programPath: String {
    ExportedRecord.path("program", programName)
      + (programVersion.map { "@" + ExportedRecord.escaped($0) } ?? "")
  }

  func parameterPath(_ name: String) -> String {
    ExportedRecord.path("parameter", modelID) + "/" + ExportedRecord.escaped(name)
  }

  static func name(_ kind: String, _ text: String) -> String { prefix + path(kind, text) }

  static func path(_ kind: String, _ text: String) -> String { kind + "/" + escaped(text) }

  /// RFC 3986, section 2.1: everything but unreserved characters as `%XX`.
  static func escaped(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF")
    var escaped = ""
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
        escaped.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        escaped += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 0x0F)])"
      }
    }
    return escaped
  }
}

extension JSONValue {
  init?(_ text: String?) {
    guard let text else { return nil }
    self = .string(text)
  }
}
