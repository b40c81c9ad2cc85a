import JSON

/// W3C PROV as PROV-JSON: the template is the plan of an activity that used it and the parameters, and generated the model.
///
/// Source: https://www.w3.org/submissions/prov-json/; docs/reference/exports.md, "PROV".
enum ProvDocument {
  static func json(of record: ExportedRecord) -> JSONValue {
    func name(_ path: String) -> String { "ft:" + path }
    let model = name(record.modelPath)
    let template = name(record.templatePath)
    let generation = name(record.generationPath)
    let program = name(record.programPath)
    let collection = name(record.parametersPath)
    let parameters = record.parameters?.members.map { parameter in
      (name: name(record.parameterPath(parameter.name)), parameter: parameter)
    }

    var entities: [JSONMember] = [
      JSONMember(
        model,
        JSONObject.present([
          ("prov:type", kind("ft:Model")), ("prov:label", .string(record.modelID)),
          ("ft:sha256", JSONValue(record.modelDigest)),
          ("ft:model_hash", JSONValue(record.modelHash)),
        ])),
      JSONMember(
        template,
        JSONObject.present([
          ("prov:type", kind("prov:Plan")),
          ("prov:label", JSONValue(record.templateTitle)),
          ("ft:template_id", .string(record.templateID)),
          ("ft:template_version", JSONValue(record.templateVersion)),
          ("ft:sha256", JSONValue(record.templateDigest)),
        ])),
    ]
    var used: [JSONValue] = [.string(template)]
    var members: [JSONValue] = []
    if let parameters {
      used.append(.string(collection))
      let type = parameters.isEmpty ? "prov:EmptyCollection" : "prov:Collection"
      entities.append(JSONMember(collection, ["prov:type": kind(type)]))
      for (name, parameter) in parameters {
        entities.append(
          JSONMember(
            name,
            [
              "prov:type": kind("ft:Parameter"), "prov:label": .string(parameter.name),
              "prov:value": literal(parameter.value),
            ]))
        members.append(["prov:collection": .string(collection), "prov:entity": .string(name)])
      }
    }
    return JSONObject.present([
      (
        "prefix",
        [
          "ft": .string(ExportedRecord.prefix),
          "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        ]
      ),
      ("entity", .object(JSONObject(entities))),
      (
        "activity",
        .object(
          JSONObject([
            JSONMember(
              generation,
              JSONObject.present([
                ("prov:type", kind("ft:Generation")),
                ("prov:endTime", JSONValue(record.generatedAt)),
                ("ft:mode", JSONValue(record.mode)),
                ("ft:schema_version", JSONValue(record.schemaVersion)),
                ("ft:record", typed(JSONValue.object(record.json).text(), "rdf:JSON")),
              ]))
          ]))
      ),
      (
        "agent",
        .object(
          JSONObject([
            JSONMember(
              program,
              JSONObject.present([
                ("prov:type", kind("prov:SoftwareAgent")),
                ("prov:label", .string(record.programName)),
                ("ft:version", JSONValue(record.programVersion)),
                ("ft:builder", typed(record.builder, "xsd:anyURI")),
              ]))
          ]))
      ),
      (
        "wasGeneratedBy",
        relations(
          "generated",
          [
            JSONObject.present([
              ("prov:entity", .string(model)), ("prov:activity", .string(generation)),
              ("prov:time", JSONValue(record.generatedAt)),
            ])
          ])
      ),
      (
        "used",
        relations(
          "used", used.map { ["prov:activity": .string(generation), "prov:entity": $0] })
      ),
      (
        "wasAssociatedWith",
        relations(
          "associated",
          [
            [
              "prov:activity": .string(generation), "prov:agent": .string(program),
              "prov:plan": .string(template),
            ]
          ])
      ),
      (
        "wasDerivedFrom",
        relations(
          "derived",
          [
            [
              "prov:generatedEntity": .string(model), "prov:usedEntity": .string(template),
              "prov:activity": .string(generation),
            ]
          ])
      ),
      ("hadMember", members.isEmpty ? nil : relations("member", members)),
    ])
  }

  /// Relations under names of their own, which mean nothing outside the document.
  private static func relations(_ name: String, _ relations: [JSONValue]) -> JSONValue {
    .object(
      JSONObject(
        relations.enumerated().map { JSONMember("_:\(name)\($0.offset + 1)", $0.element) }))
  }

  private static func typed(_ text: String, _ type: String) -> JSONValue {
    ["$": .string(text), "type": .string(type)]
  }

  private static func kind(_ name: String) -> JSONValue { typed(name, "prov:QUALIFIED_NAME") }

  /// A value with its type, which a bare JSON number would lose.
  private static func literal(_ value: JSONValue) -> JSONValue {
    switch value {
    case .bool(let value): typed(value ? "true" : "false", "xsd:boolean")
    case .string(let text): typed(text, "xsd:string")
    case .number(let number):
      typed(
        number.spelling,
        number.spelling.utf8.allSatisfy { $0 == 0x2D || (0x30...0x39).contains($0) }
          ? "xsd:integer" : "xsd:double")
    case .null, .array, .object: typed(value.text(), "rdf:JSON")
    }
  }
}
