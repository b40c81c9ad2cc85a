import JSON

/// in-toto Statement v1 with the predicate SLSA Provenance v1.
///
/// Source: https://in-toto.io/Statement/v1, https://slsa.dev/spec/v1.0/provenance; docs/reference/exports.md, "in-toto and
/// SLSA".
enum InTotoStatement {
  static func json(of record: ExportedRecord) -> JSONValue {
    [
      "_type": "https://in-toto.io/Statement/v1",
      "subject": [
        JSONObject.present([
          ("name", .string(record.modelID)),
          ("uri", .string(ExportedRecord.prefix + record.modelPath)),
          ("digest", record.modelDigest.map { ["sha256": .string($0)] }),
          ("mediaType", "application/yaml"),
          ("annotations", record.modelHash.map { ["model_hash": .string($0)] }),
        ])
      ],
      "predicateType": "https://slsa.dev/provenance/v1",
      "predicate": predicate(of: record),
    ]
  }

  static func predicate(of record: ExportedRecord) -> JSONValue {
    let annotations = JSONObject.present([
      ("version", JSONValue(record.templateVersion)), ("title", JSONValue(record.templateTitle)),
    ])
    return [
      "buildDefinition": [
        "buildType": .string(ExportedRecord.prefix + "generate/v1"),
        "externalParameters": JSONObject.present([
          ("template", .string(record.templateID)), ("mode", JSONValue(record.mode)),
          ("parameters", record.parameters.map(JSONValue.object)),
        ]),
        "resolvedDependencies": [
          JSONObject.present([
            ("name", .string(record.templateID)),
            ("uri", .string(ExportedRecord.prefix + record.templatePath)),
            ("digest", record.templateDigest.map { ["sha256": .string($0)] }),
            ("mediaType", "application/yaml"),
            ("annotations", annotations == [:] ? nil : annotations),
          ])
        ],
      ],
      "runDetails": [
        "builder": JSONObject.present([
          ("id", .string(record.builder)),
          (
            "version",
            record.programVersion.map {
              .object(JSONObject([JSONMember(record.programName, .string($0))]))
            }
          ),
        ]),
        "metadata": JSONObject.present([
          ("invocationId", .string(ExportedRecord.prefix + record.generationPath)),
          ("finishedOn", JSONValue(record.generatedAt)),
        ]),
        "byproducts": [
          [
            "name": "provenance.json",
            "uri": .string(ExportedRecord.prefix + record.recordPath),
            "mediaType": "application/json",
            "annotations": ["record": .object(record.json)],
          ]
        ],
      ],
    ]
  }
}
