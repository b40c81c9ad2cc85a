import FlowModel
import JSON
import Source

/// RO-Crate 1.1 with the profile Process Run Crate 0.5: the metadata, and the files that it describes.
///
/// Source: https://w3id.org/ro/crate/1.1, https://w3id.org/ro/wfrun/process/0.5; docs/reference/exports.md, "RO-Crate".
struct ResearchCrate: Sendable {
  private static let specification = "https://w3id.org/ro/crate/1.1"
  private static let profile = "https://w3id.org/ro/wfrun/process/0.5"

  /// `ro-crate-metadata.json`.
  let metadata: JSONValue
  /// All that must stand beside it.
  let files: [ExportProvenance.File]

  init(_ record: ExportedRecord) throws(OperationFailure) {
    guard let time = record.generatedAt else {
      throw .provenanceInvalid(["an RO-Crate needs a date, and the record has no 'generated_at'"])
    }
    var files = [
      ExportProvenance.File(
        path: "provenance.json",
        text: SourceText(JSONValue.object(record.json).serialized(.pretty) + [0x0A]))
    ]
    if let model = record.model {
      files.append(ExportProvenance.File(path: "model.yaml", text: model))
    }
    if let template = record.template {
      files.append(ExportProvenance.File(path: "template.yaml", text: template))
    }
    self.files = files
    let model = record.model == nil ? ExportedRecord.prefix + record.modelPath : "model.yaml"
    let template =
      record.template == nil ? ExportedRecord.prefix + record.templatePath : "template.yaml"
    let generation = ExportedRecord.prefix + record.generationPath
    let parameters = (record.parameters ?? JSONObject()).members
    func parameterID(_ name: String) -> String { "#parameter/" + ExportedRecord.escaped(name) }

    var graph: [JSONValue] = [
      [
        "@id": "ro-crate-metadata.json", "@type": "CreativeWork",
        "conformsTo": ResearchCrate.link(ResearchCrate.specification),
        "about": ResearchCrate.link("./"),
      ],
      [
        "@id": "./", "@type": "Dataset", "name": .string("Model " + record.modelID),
        "description": .string(
          "A FlowTime model that was generated from the template \(record.templateTitle ?? record.templateID), with its provenance."
        ),
        "datePublished": .string(time),
        "license": ResearchCrate.link("#license"),
        "conformsTo": ResearchCrate.link(ResearchCrate.profile),
        "hasPart": .array(files.map { ResearchCrate.link($0.path) }),
        "mentions": ResearchCrate.link(generation),
      ],
      [
        "@id": "#license", "@type": "CreativeWork", "name": "Not stated",
        "description": "The record does not say under which terms the model may be used.",
      ],
      [
        "@id": .string(ResearchCrate.profile), "@type": "CreativeWork",
        "name": "Process Run Crate", "version": "0.5",
      ],
      JSONObject.present([
        ("@id", .string(record.builder)), ("@type", "SoftwareApplication"),
        ("name", .string(record.programName)),
        ("softwareVersion", JSONValue(record.programVersion)),
      ]),
      JSONObject.present([
        ("@id", .string(generation)), ("@type", "CreateAction"),
        ("name", .string("Generation of " + record.modelID)),
        ("description", "A template with values in it was written out as a model."),
        ("instrument", ResearchCrate.link(record.builder)),
        (
          "object",
          .array(
            [ResearchCrate.link(template)]
              + parameters.map { ResearchCrate.link(parameterID($0.name)) })
        ),
        ("result", ResearchCrate.link(model)), ("endTime", .string(time)),
        ("actionStatus", "http://schema.org/CompletedActionStatus"),
      ]),
      ResearchCrate.file(
        model, record.model, type: "CreativeWork",
        [
          ("name", .string(record.modelID)), ("identifier", .string(record.modelID)),
          ("model_hash", JSONValue(record.modelHash)),
        ]),
      ResearchCrate.file(
        template, record.template, type: "SoftwareSourceCode",
        [
          ("name", .string(record.templateTitle ?? record.templateID)),
          ("identifier", .string(record.templateID)),
          ("version", JSONValue(record.templateVersion)),
          ("sha256", record.template == nil ? JSONValue(record.templateDigest) : nil),
        ]),
      ResearchCrate.file(
        "provenance.json", files.first?.text, type: "CreativeWork", encoding: "application/json",
        [
          ("name", "Provenance record"), ("about", ResearchCrate.link(model)),
          ("schemaVersion", JSONValue(record.schemaVersion)),
        ]),
    ]
    for parameter in parameters {
      // A property takes text, numbers and booleans; what is more is its JSON text.
      let (value, encoding) = ResearchCrate.plain(parameter.value)
      graph.append(
        JSONObject.present([
          ("@id", .string(parameterID(parameter.name))), ("@type", "PropertyValue"),
          ("name", .string(parameter.name)), ("value", value), ("encodingFormat", encoding),
        ]))
    }
    metadata = [
      "@context": [
        .string(ResearchCrate.specification + "/context"),
        [
          "model_hash": .string(ExportedRecord.prefix + "model_hash"),
          // A term of later contexts, under the name that it has there.
          "sha256": "http://schema.org/sha256",
        ],
      ],
      "@graph": .array(graph),
    ]
  }

  private static func link(_ id: String) -> JSONValue { ["@id": .string(id)] }

  private static func plain(_ value: JSONValue) -> (value: JSONValue, encoding: JSONValue?) {
    switch value {
    case .bool, .number, .string: (value, nil)
    case .null, .array, .object: (.string(value.text()), "application/json")
    }
  }

  /// A file that is in the crate, or what stands for one that is not.
  private static func file(
    _ id: String, _ text: SourceText?, type: String, encoding: String = "application/yaml",
    _ members: [(String, JSONValue?)]
  ) -> JSONValue {
    let types: JSONValue =
      switch (text == nil, type) {
      case (true, _): .string(type)
      // A File is a CreativeWork already.
      case (false, "CreativeWork"): "File"
      case (false, _): ["File", .string(type)]
      }
    return JSONObject.present(
      [("@id", .string(id)), ("@type", types)] + members + [
        ("encodingFormat", text.map { _ in .string(encoding) }),
        // As text, as RO-Crate asks (section "Data entities").
        ("contentSize", text.map { .string(String($0.count)) }),
        ("sha256", text.map { .string(SHA256.hex(of: $0.bytes)) }),
      ])
  }
}
