import FlowModel
import JSON
import Source

/// What a record says, under either spelling of its fields.
///
/// Records are told apart by what they have: those of Sim with `schema_version` 1, and those of the public FlowTime
/// program, in camelCase, with neither hashes nor `simVersion`. Source: docs/guides/integrator.md, "Proving".
struct RecordClaim: Sendable {
  /// As it was handed in.
  let object: JSONObject
  /// Known fields by their snake_case names.
  private let values: [String: JSONValue]
  /// Names of fields that no generator of ours writes, in order.
  let unknownFields: [String]
  /// How the fields are spelled: camelCase where one field is.
  let naming: Provenance.Naming

  /// Why a record cannot be followed.
  struct Malformed: Error {
    /// All that is wrong; never empty.
    let problems: [String]

    init(problems: [String]) { self.problems = problems }

    init(message: String) { problems = [message] }

    var message: String { problems.first ?? "" }

    static let isModel = Malformed(
      message:
        "this looks like a model, and a record is JSON; where none is given, the one in the model is taken"
    )
  }

  /// A record of any producer.
  init(_ value: JSONValue) throws(Malformed) {
    guard case .object(let object) = value else {
      throw Malformed(message: "a record is an object, not \(value.kindName)")
    }
    let problems = Provenance.problems(in: object)
    guard problems.isEmpty else {
      if ModelDocument.keys.contains(where: { object[$0] != nil }) { throw Malformed.isModel }
      throw Malformed(problems: problems.map(\.message))
    }
    if (try? DataNode(json: value)) == nil, let path = RecordClaim.unkeepableNumber(in: value) {
      throw Malformed(message: "'\(path)' is a number that is not finite or beyond ±(2^53 - 1)")
    }
    self.object = object
    var values: [String: JSONValue] = [:]
    var known: Set<ExactString> = []
    var isCamelCase = false
    for field in Provenance.fields {
      values[field.snakeCase] = object[field.snakeCase] ?? object[field.camelCase]
      known.formUnion([ExactString(field.snakeCase), ExactString(field.camelCase)])
      if object[field.snakeCase] == nil, object[field.camelCase] != nil { isCamelCase = true }
    }
    self.values = values
    naming = isCamelCase ? .camelCase : .snakeCase
    unknownFields = object.members.map(\.name).filter { !known.contains(ExactString($0)) }
  }

  /// A JSON text.
  init(text: SourceText) throws(Malformed) {
    let document: JSONDocument
    do throws(JSONFailure) {
      document = try JSONDocument.parse(text.bytes)
    } catch {
      if ModelDocument(text).hasModelKey { throw Malformed.isModel }
      throw Malformed(
        message:
          "the record is no JSON: \(error.explanation) (\(RecordClaim.place(error.offset, text)))"
      )
    }
    if let name = document.duplicateNames.first {
      throw Malformed(
        message: "the record has one name twice (\(RecordClaim.place(name.start, text)))")
    }
    try self.init(document.root)
  }

  /// - Throws: ``Malformed`` where another program made the record, which nobody here can follow.
  func checkProducer() throws(Malformed) {
    if let source = text("source"), ExactString(source) != ExactString(ProductVersion.name) {
      throw Malformed(
        message: "the record is not \(ProductVersion.name)'s: its source is \(quoted(source))")
    }
    if let generator = text("generator"), generatorVersion == nil,
      ExactString(generator) != ExactString(ProductVersion.name)
    {
      throw Malformed(
        message: "the record is not \(ProductVersion.name)'s: its generator is \(quoted(generator))"
      )
    }
  }

  /// `line 3, column 5`, from 1.
  private static func place(_ offset: Int, _ text: SourceText) -> String {
    let lines = LineTable(text)
    let line = lines.line(at: offset)
    return "line \(line + 1), column \(offset - lines.starts[line] + 1)"
  }

  /// The path of the first number that no reader of JSON is sure to keep.
  private static func unkeepableNumber(in value: JSONValue) -> String? {
    func path(_ value: JSONValue, _ steps: [DataPath.Step]) -> DataPath? {
      switch value {
      case .number(let number): return (try? Number(number)) == nil ? DataPath(steps) : nil
      case .array(let items):
        for (index, item) in items.enumerated() {
          if let path = path(item, steps + [.index(index)]) { return path }
        }
      case .object(let object):
        for member in object.members {
          if let path = path(member.value, steps + [.key(ExactString(member.name))]) { return path }
        }
      case .null, .bool, .string: break
      }
      return nil
    }
    return path(value, [])?.description
  }
}

extension RecordClaim {
  /// - Parameter field: its snake_case name.
  func text(_ field: String) -> String? { values[field]?.stringValue }

  var templateID: String { text("template_id") ?? "" }
  var modelID: String { text("model_id") ?? "" }
  /// nil where the record has none.
  var statedParameters: JSONObject? { values["parameters"]?.objectValue }
  var parameters: JSONObject { statedParameters ?? JSONObject() }
  /// nil where none is written, and where it is none that there is.
  var mode: Mode? { text("mode").flatMap { Mode(rawValue: $0) } }
  /// Whole, as it is written.
  var time: Timestamp? {
    text("generated_at").flatMap { Timestamp.Reading(rfc3339: $0)?.timestamp }
  }

  /// `0.6.0` of `flowtime-sim/0.6.0`; nil where the generator is another.
  private var generatorVersion: String? {
    guard let generator = text("generator") else { return nil }
    let start = ProductVersion.name + "/"
    guard generator.utf8.starts(with: start.utf8) else { return nil }
    return String(generator.utf8.dropFirst(start.utf8.count))
  }

  /// The version of Sim that the record names; nil where it names none, or two.
  var version: String? {
    switch (generatorVersion, text("sim_version")) {
    case (let version?, nil), (nil, let version?): return version
    case (let generator?, let version?):
      return ExactString(generator) == ExactString(version) ? version : nil
    case (nil, nil): return nil
    }
  }

  /// Whether the version that is named is not this one. A record that names two says what nobody writes.
  var isOtherVersion: Bool {
    isUpstream || version.map { ExactString($0) != ExactString(ProductVersion.number) } ?? false
  }

  /// A record of the public FlowTime program, which has fewer fields and makes ids in its own way.
  var isUpstream: Bool {
    naming == .camelCase
      && text("generator").map { ExactString($0) } != ExactString(ProductVersion.generator)
      && ["sim_version", "template_hash", "model_hash"].allSatisfy { values[$0] == nil }
  }

  /// Some of the fields that are not known, and how many more there are; nil where there are none.
  var unknownFieldsNamed: String? {
    if unknownFields.isEmpty { return nil }
    let names = unknownFields.prefix(5).map { quoted($0) }.joined(separator: ", ")
    let more = unknownFields.count - 5
    return names + (more > 0 ? " and \(more) more" : "")
  }

  /// The known fields as a tree, in their order, under their snake_case names.
  ///
  /// - Parameter leavingOut: fields that are not compared.
  func tree(leavingOut: Set<String> = []) -> DataNode? {
    let members = Provenance.fields.compactMap { field in
      leavingOut.contains(field.snakeCase)
        ? nil : values[field.snakeCase].map { JSONMember(field.snakeCase, $0) }
    }
    return try? DataNode(json: .object(JSONObject(members)))
  }
}
