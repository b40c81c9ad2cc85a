import FlowModel
import JSON

/// OpenLineage run events: a START and a COMPLETE, as every run must have.
///
/// Source: https://openlineage.io/spec/2-0-2/OpenLineage.json; docs/reference/exports.md, "OpenLineage".
enum LineageEvents {
  private static let facets = "https://openlineage.io/spec/facets/"

  static func json(of record: ExportedRecord) throws(OperationFailure) -> [JSONValue] {
    guard let time = record.generatedAt else {
      throw .provenanceInvalid([
        "an OpenLineage event needs a time, and the record has no 'generated_at'"
      ])
    }
    return [
      event("START", time, record, outputs: []),
      event("COMPLETE", time, record, outputs: [output(of: record)]),
    ]
  }

  private static func event(
    _ type: String, _ time: String, _ record: ExportedRecord, outputs: [JSONValue]
  ) -> JSONValue {
    [
      "eventType": .string(type),
      "eventTime": .string(time),
      "run": [
        "runId": .string(runID(of: record)),
        "facets": JSONObject.present([
          ("processing_engine", engine(of: record)),
          (
            "executionParameters",
            record.parameters.map { parameters in
              facet(
                "1-0-0/ExecutionParametersRunFacet",
                [
                  (
                    "parameters",
                    .array(
                      parameters.members.map { parameter in
                        [
                          "key": .string(parameter.name),
                          "value": .string(text(of: parameter.value)),
                        ]
                      })
                  )
                ])
            }
          ),
          (
            "flowtime_provenance",
            [
              "_producer": .string(producer),
              "_schemaURL": .string(ExportedRecord.prefix + "facet/provenance/1"),
              "record": .object(record.json),
            ]
          ),
        ]),
      ],
      "job": [
        "namespace": .string(record.builder),
        "name": .string(record.templateID),
        "facets": JSONObject.present([
          (
            "jobType",
            facet(
              "2-0-4/JobTypeJobFacet",
              [
                ("processingType", "BATCH"), ("integration", "FLOWTIME"),
                ("jobType", "MODEL_GENERATION"),
              ])
          ),
          (
            "documentation",
            record.templateTitle.map {
              facet("1-1-0/DocumentationJobFacet", [("description", .string($0))])
            }
          ),
        ]),
      ],
      "inputs": [
        [
          "namespace": .string(ExportedRecord.prefix + "template"),
          "name": .string(record.templateID),
          "facets": version(record.templateDigest ?? record.templateVersion),
        ]
      ],
      "outputs": .array(outputs),
      "producer": .string(producer),
      "schemaURL": "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
    ]
  }

  private static func output(of record: ExportedRecord) -> JSONValue {
    [
      "namespace": .string(ExportedRecord.prefix + "model"), "name": .string(record.modelID),
      "facets": version(record.modelDigest ?? record.modelHash),
    ]
  }

  private static func version(_ version: String?) -> JSONValue {
    guard let version else { return [:] }
    return [
      "version": facet(
        "1-0-1/DatasetVersionDatasetFacet", [("datasetVersion", .string(version))])
    ]
  }

  private static func engine(of record: ExportedRecord) -> JSONValue? {
    record.programVersion.map {
      facet(
        "1-1-1/ProcessingEngineRunFacet",
        [("version", .string($0)), ("name", .string(record.programName))])
    }
  }

  private static func facet(_ schema: String, _ members: [(String, JSONValue)]) -> JSONValue {
    let name = schema.split(separator: "/").last.map(String.init) ?? schema
    return .object(
      JSONObject(
        [
          JSONMember("_producer", .string(producer)),
          JSONMember("_schemaURL", .string("\(facets)\(schema).json#/$defs/\(name)")),
        ] + members.map { JSONMember($0.0, $0.1) }))
  }

  /// The program that writes the events, which need not be the one that made the model.
  private static var producer: String {
    ExportedRecord.name("program", ProductVersion.name) + "@" + ProductVersion.number
  }

  /// The facet takes text alone: of a text itself, of anything else the JSON.
  private static func text(of value: JSONValue) -> String { value.stringValue ?? value.text() }

  /// A UUID of version 8 (RFC 9562, section 5.8): the first 16 bytes of SHA-256 over the generation's URN, with version and
  /// variant in their places.
  static func runID(of record: ExportedRecord) -> String {
    var sha = SHA256()
    sha.update(Array((ExportedRecord.prefix + record.generationPath).utf8))
    var digits = Array(sha.finalizeHex().utf8.prefix(32))
    digits[12] = UInt8(ascii: "8")
    // Two bits of the digit are the variant, 0b10.
    let variants = Array("89ab".utf8)
    digits[16] = variants[(Int(digits[16]) &+ (digits[16] > 0x39 ? 1 : 0)) & 3]
    let groups = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
    return groups.map { String(decoding: digits[$0], as: UTF8.self) }.joined(separator: "-")
  }
}
