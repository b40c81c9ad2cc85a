package import JSON
import Source

/// The record that ties a model to its template and parameter values.
///
/// Source: docs/guides/integrator.md, "The record"; protocol/schemas/provenance.schema.json.
package struct Provenance: Hashable, Sendable {
  /// How the fields are spelled on the way out. Both are understood on the way in.
  package enum Naming: String, CaseIterable, Sendable {
    case snakeCase = "snake_case"
    case camelCase
  }

  package var identity: ModelIdentity
  package var templateID: String
  /// `1.0` where the template has none.
  package var templateVersion: String
  package var templateTitle: String
  /// nil for the usual one, a simulation that nobody had to ask for; then the record does not speak of it.
  package var mode: Mode?
  /// SHA-256 of the template's bytes, as `sha256:` and 64 hex digits.
  package var templateHash: String
  /// ``ModelHash``, as `sha256:` and 64 hex digits.
  package var modelHash: String
  /// Every effective value, defaults merged, in declared order.
  package var parameters: JSONObject
  /// The id of the model whose record this one was made from, where a template or a version had changed since; nil else.
  package var derivedFrom: String?

  /// The only version of the record there is. Fields may be added within it, never changed.
  package static let schemaVersion = "1"

  package init(
    identity: ModelIdentity, templateID: String, templateVersion: String, templateTitle: String,
    mode: Mode? = nil, templateHash: String, modelHash: String, parameters: JSONObject,
    derivedFrom: String? = nil
  ) {
    self.identity = identity
    self.templateID = templateID
    self.templateVersion = templateVersion
    self.templateTitle = templateTitle
    self.mode = mode
    self.templateHash = templateHash
    self.modelHash = modelHash
    self.parameters = parameters
    self.derivedFrom = derivedFrom
  }

  /// The record in its one field order, the same in a reply, a file and an embedded block.
  package func json(_ naming: Naming = .snakeCase) -> JSONObject {
    let values: [JSONValue?] = [
      .string(ProductVersion.name), .string(identity.modelID), .string(templateID),
      .string(templateVersion),
      .string(templateTitle), .string(identity.generatedAt.rfc3339),
      .string(ProductVersion.generator),
      .string(ProductVersion.number), .string(Provenance.schemaVersion),
      mode.map { .string($0.rawValue) }, .string(templateHash), .string(modelHash),
      .object(parameters), derivedFrom.map(JSONValue.string),
    ]
    return JSONObject(
      zip(Provenance.fields, values).compactMap { field, value in
        value.map { JSONMember(field.name(naming), $0) }
      })
  }
}

extension Provenance {
  /// A field of the record under both of its spellings.
  package struct Field: Sendable {
    package enum Form: Sendable { case text, time, hash, parameters }

    package let snakeCase: String
    package let camelCase: String
    let form: Form

    package func name(_ naming: Naming) -> String {
      switch naming {
      case .snakeCase: snakeCase
      case .camelCase: camelCase
      }
    }

    init(_ snakeCase: String, _ form: Form = .text) {
      self.snakeCase = snakeCase
      self.form = form
      let words = snakeCase.split(separator: "_")
      camelCase = words.enumerated().map { index, word in
        index == 0 ? String(word) : word.prefix(1).uppercased() + word.dropFirst()
      }.joined()
    }
  }

  /// All fields in their order.
  package static let fields: [Field] = [
    Field("source"), Field("model_id"), Field("template_id"), Field("template_version"),
    Field("template_title"),
    Field("generated_at", .time), Field("generator"), Field("sim_version"), Field("schema_version"),
    Field("mode"), Field("template_hash", .hash), Field("model_hash", .hash),
    Field("parameters", .parameters), Field("derived_from"),
  ]

  /// What no record may lack: without them it ties nothing to nothing.
  private static let required = ["model_id", "template_id"]

  package struct Problem: Hashable, Sendable {
    /// As it is spelled in the record; nil where the field is missing.
    package let field: String?
    package let message: String
  }

  /// What is wrong with a record, in either spelling and from any producer. Fields that are not known are kept and never
  /// a problem; those that are known must have their form.
  package static func problems(in record: JSONObject) -> [Problem] {
    var problems: [Problem] = []
    for field in fields {
      let snake = record[field.snakeCase]
      let camel = field.camelCase == field.snakeCase ? nil : record[field.camelCase]
      if snake != nil, camel != nil {
        problems.append(
          Problem(
            field: field.camelCase,
            message:
              "'\(field.snakeCase)' and '\(field.camelCase)' are two spellings of one field; keep one"
          ))
      }
      guard let value = snake ?? camel else {
        if required.contains(field.snakeCase) {
          problems.append(Problem(field: nil, message: "the record has no '\(field.snakeCase)'"))
        }
        continue
      }
      let name = snake == nil ? field.camelCase : field.snakeCase
      if let message = problem(with: value, of: field, called: name) {
        problems.append(Problem(field: name, message: message))
      }
    }
    return problems
  }

  private static func problem(with value: JSONValue, of field: Field, called name: String)
    -> String?
  {
    if field.form == .parameters {
      guard case .object = value else { return "'\(name)' must be an object of parameter values" }
      return nil
    }
    guard case .string(let text) = value else { return "'\(name)' must be text" }
    switch field.form {
    case .time:
      if Timestamp.Reading(rfc3339: text) == nil {
        return "'\(name)' must be a time such as 2025-09-25T12:00:00Z, not \(quoted(text))"
      }
    case .hash:
      if !isHash(text) {
        return "'\(name)' must be sha256: and 64 hexadecimal digits, not \(quoted(text))"
      }
    case .text, .parameters:
      if text.isEmpty, required.contains(field.snakeCase) { return "'\(name)' is empty" }
    }
    return nil
  }

  private static func isHash(_ text: String) -> Bool {
    let digits = text.utf8.dropFirst(7)
    return text.hasPrefix("sha256:") && digits.count == 64
      && digits.allSatisfy { ($0 >= 0x30 && $0 <= 0x39) || ($0 >= 0x61 && $0 <= 0x66) }
  }
}
