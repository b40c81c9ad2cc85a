import JSON
import Testing

/// The small model with a block before its grid.
private func model(_ block: String) -> String {
  smallModel.replacing("grid:\n", with: block + "\ngrid:\n")
}

private let fullBlock = """
  provenance:
    source: flowtime-sim
    modelId: model_20250925T120000Z_abc123
    templateId: manufacturing-line
    templateVersion: "1.0"
    generatedAt: "2025-09-25T12:00:00Z"
    parameters:
      productionRate: 150
      failureRate: 0.05
  """

private func field(_ text: String) -> String { "X-Model-Provenance: " + text }

private func hashOf(_ exchange: Exchange, _ text: String, _ fields: String...) throws -> String {
  let reply = try exchange.send("POST", "/v1/run", fields, text)
  return try #require(reply["modelHash"]?.stringValue, "\(reply.body)")
}

/// The model that is stored of a text.
private func stored(_ exchange: Exchange, _ text: String) throws -> String {
  let id = try exchange.stored(text)
  return try exchange.get("/v1/runs/\(id)/model").body
}

extension ContractLine {
  static let header: [ContractLine] = {
    let group = "Header"
    return [
      ContractLine(group, 1, "a plain id is stored as modelId") { (exchange) throws in
        let id = try exchange.stored(smallModel, provenance: "model_a")
        #expect(try exchange.record(id)?["modelId"] == "model_a")
      },
      ContractLine(group, 2, "no header: 200") { (exchange) throws in
        #expect(try exchange.run(smallModel).status == 200)
      },
      ContractLine(group, 3, "an empty header is none") { (exchange) throws in
        let reply = try exchange.run(smallModel, "X-Model-Provenance:")
        #expect(reply.status == 200)
        #expect(try exchange.record(reply["runId"]?.stringValue ?? "") == nil)
      },
      ContractLine(group, 4, "punctuation is an id") { (exchange) throws in
        let text = #"!@#$%^&*(){}[]|\:;"'<>,.?/"#
        let id = try exchange.stored(smallModel, provenance: text)
        #expect(try exchange.record(id)?["modelId"] == .string(text))
      },
      ContractLine(
        group, 4, "what begins as an object and is none: 400",
        .better("a record that was cut off on its way is not an id that anybody will ask for")
      ) { (exchange) throws in
        #expect(try exchange.run(smallModel, field(#"{"modelId":"a"#)).status == 400)
      },
      ContractLine(group, 5, "ids of all forms are stored as they are") { (exchange) throws in
        for id in [
          "model_20250925T120000Z_abc123", "model_20250925T120000Z_abc123def456",
          "model_20250101T000000Z_00000000", "model_20251231T235959Z_ffffffff",
        ] {
          let run = try exchange.stored(smallModel, provenance: id)
          #expect(try exchange.record(run)?["modelId"] == .string(id))
        }
      },
      ContractLine(group, 6, "blanks around it are dropped") { (exchange) throws in
        let id = try exchange.stored(smallModel, provenance: "  \t model_a \t ")
        #expect(try exchange.record(id)?["modelId"] == "model_a")
      },
      ContractLine(group, 7, "of two headers the first counts") { (exchange) throws in
        let reply = try exchange.run(smallModel, field("first"), field("second"))
        #expect(try exchange.record(reply["runId"]?.stringValue ?? "")?["modelId"] == "first")
      },
      ContractLine(group, 8, "the name of the header may be in lower case") { (exchange) throws in
        let reply = try exchange.run(smallModel, "x-model-provenance: model_a")
        #expect(try exchange.record(reply["runId"]?.stringValue ?? "")?["modelId"] == "model_a")
      },
    ]
  }()

  static let embedded: [ContractLine] = {
    let group = "Embedded"
    return [
      ContractLine(group, 1, "source, model, template and version are stored") {
        (exchange) throws in
        let record = try exchange.record(try exchange.stored(model(fullBlock)))
        #expect(record?["source"] == "flowtime-sim" && record?["templateVersion"] == "1.0")
        #expect(record?["modelId"] == "model_20250925T120000Z_abc123")
        #expect(record?["templateId"] == "manufacturing-line")
      },
      ContractLine(
        group, 2, "parameters are an object, and keep their types",
        .better("150 is stored as a number and \"150\" as text; elsewhere both become text")
      ) { (exchange) throws in
        let record = try exchange.record(try exchange.stored(model(fullBlock)))
        #expect(
          record?["parameters"] == [
            "productionRate": 150, "failureRate": .number(JSONNumber(spelling: "0.05") ?? 0),
          ])
        let quoted = fullBlock.replacing("150", with: "\"150\"")
        let other = try exchange.record(try exchange.stored(model(quoted)))
        #expect(other?["parameters"]?.objectValue?["productionRate"] == "150")
      },
      ContractLine(group, 3, "a model id alone is enough") { (exchange) throws in
        let id = try exchange.stored(model("provenance: {modelId: m}"))
        #expect(try exchange.record(id)?["modelId"] == "m")
      },
      ContractLine(group, 4, "an empty block is ignored") { (exchange) throws in
        #expect(try exchange.record(try exchange.stored(model("provenance: {}"))) == nil)
      },
      ContractLine(group, 5, "a block of text: 400 that says provenance") { (exchange) throws in
        let reply = try exchange.run(model("provenance: text"))
        #expect(reply.status == 400 && reply.body.contains("provenance"))
      },
      ContractLine(group, 6, "a block under grid: 400 that says provenance and grid") {
        (exchange) throws in
        let text = smallModel.replacing(
          "  bins: 3", with: "  provenance: {modelId: m}\n  bins: 3")
        let reply = try exchange.run(text)
        #expect(reply.status == 400)
        let error = reply["error"]?.stringValue ?? ""
        #expect(error.contains("provenance") && error.contains("grid"))
        let found = reply["diagnostics"]?.arrayValue?.first?.objectValue
        #expect(found?["data"]?.objectValue?["path"] == "grid.provenance")
      },
      ContractLine(group, 7, "generatedAt means the same moment") { (exchange) throws in
        let record = try exchange.record(try exchange.stored(model(fullBlock)))
        #expect(record?["generatedAt"] == "2025-09-25T12:00:00Z")
      },
      ContractLine(group, 8, "any source is stored as given") { (exchange) throws in
        for source in ["flowtime-sim", "manual", "ui-builder", "custom-tool-v2"] {
          let block = "provenance: {source: \(source), modelId: m}"
          let id = try exchange.stored(model(block))
          #expect(try exchange.record(id)?["source"] == .string(source))
        }
      },
    ]
  }()

  static let precedence: [ContractLine] = {
    let group = "Precedence"
    return [
      ContractLine(group, 1, "the header's id counts, and nothing of the block") {
        (exchange) throws in
        let id = try exchange.stored(model(fullBlock), provenance: "from_header")
        let record = try exchange.record(id)
        #expect(record?["modelId"] == "from_header" && record?["templateId"] == nil)
      },
      ContractLine(group, 2, "both: 200, with a warning") { (exchange) throws in
        let reply = try exchange.run(model(fullBlock), field("from_header"))
        #expect(reply.status == 200)
        let warning = reply["provenanceWarnings"]?.arrayValue?.first?.stringValue ?? ""
        #expect(warning.contains("from_header") && warning.contains("abc123"))
      },
      ContractLine(group, 3, "one alone counts") { (exchange) throws in
        let first = try exchange.record(try exchange.stored(smallModel, provenance: "h"))
        #expect(first?["modelId"] == "h")
        let second = try exchange.record(try exchange.stored(model(fullBlock)))
        #expect(second?["templateId"] == "manufacturing-line")
      },
      ContractLine(group, 4, "neither: no file") { (exchange) throws in
        #expect(try exchange.record(try exchange.stored(smallModel)) == nil)
      },
      ContractLine(group, 5, "a header and the least block: the header") { (exchange) throws in
        let id = try exchange.stored(model("provenance: {modelId: b}"), provenance: "h")
        #expect(try exchange.record(id)?["modelId"] == "h")
      },
      ContractLine(group, 6, "an empty header and an empty block: none") { (exchange) throws in
        let reply = try exchange.run(model("provenance: {}"), "X-Model-Provenance: ")
        #expect(try exchange.record(reply["runId"]?.stringValue ?? "") == nil)
      },
    ]
  }()

  static let storage: [ContractLine] = {
    let group = "Storage"
    return [
      ContractLine(group, 1, "provenance.json of a header has its model") { (exchange) throws in
        let id = try exchange.stored(smallModel, provenance: "model_a")
        let file = try exchange.get("/v1/artifacts/\(id)/files/provenance.json")
        #expect(file.status == 200 && file["modelId"] == "model_a")
      },
      ContractLine(group, 2, "provenance.json of a block has source, model and template") {
        (exchange) throws in
        let id = try exchange.stored(model(fullBlock))
        let file = try exchange.get("/v1/artifacts/\(id)/files/provenance.json")
        #expect(file["source"] == "flowtime-sim" && file["templateId"] == "manufacturing-line")
      },
      ContractLine(group, 3, "a run without provenance has no file") { (exchange) throws in
        let id = try exchange.stored(smallModel)
        #expect(try exchange.get("/v1/artifacts/\(id)/files/provenance.json").status == 404)
      },
      ContractLine(group, 4, "the manifest says that there is a record, and whose") {
        (exchange) throws in
        let id = try exchange.stored(model(fullBlock))
        let manifest = try exchange.get("/v1/artifacts/\(id)/files/manifest.json")
        let provenance = manifest["provenance"]?.objectValue
        #expect(provenance?["hasProvenance"] == true)
        #expect(provenance?["modelId"] == "model_20250925T120000Z_abc123")
        #expect(provenance?["templateId"] == "manufacturing-line")
      },
      ContractLine(group, 5, "spec.yaml has the model and nothing of the record") {
        (exchange) throws in
        let id = try exchange.stored(model(fullBlock))
        let spec = try exchange.get("/v1/artifacts/\(id)/files/spec.yaml").body
        for word in ["provenance:", "modelId:", "flowtime-sim"] { #expect(!spec.contains(word)) }
        for word in ["schemaVersion", "grid", "nodes"] { #expect(spec.contains(word)) }
      },
      ContractLine(group, 6, "receivedAt is the time of the request") { (exchange) throws in
        let id = try exchange.stored(smallModel, provenance: "m")
        #expect(try exchange.record(id)?["receivedAt"] == "2025-09-25T12:00:00.0000000Z")
        let snake = try exchange.stored(smallModel, provenance: #"{"model_id":"m"}"#)
        #expect(try exchange.record(snake)?["received_at"] == "2025-09-25T12:00:00.0000000Z")
      },
    ]
  }()

  static let hash: [ContractLine] = {
    let group = "Hash"
    return [
      ContractLine(group, 1, "other headers, the same hash") { (exchange) throws in
        #expect(
          try hashOf(exchange, smallModel, field("a")) == hashOf(exchange, smallModel, field("b")))
      },
      ContractLine(group, 2, "with and without a header, the same hash") { (exchange) throws in
        #expect(try hashOf(exchange, smallModel, field("a")) == hashOf(exchange, smallModel))
      },
      ContractLine(group, 3, "other blocks, the same hash") { (exchange) throws in
        let other = fullBlock.replacing("manufacturing-line", with: "else")
          .replacing("flowtime-sim", with: "manual")
        #expect(try hashOf(exchange, model(fullBlock)) == hashOf(exchange, model(other)))
      },
      ContractLine(
        group, 3, "with and without a block, the same hash",
        .better("the block is taken out byte for byte; elsewhere the model is written anew")
      ) { (exchange) throws in
        #expect(try hashOf(exchange, model(fullBlock)) == hashOf(exchange, smallModel))
      },
      ContractLine(group, 4, "other values, another hash") { (exchange) throws in
        let other = model(fullBlock).replacing("[10, 10, 10]", with: "[10, 10, 11]")
        #expect(try hashOf(exchange, model(fullBlock)) != hashOf(exchange, other))
      },
      ContractLine(group, 5, "large parameters that differ, the same hash") { (exchange) throws in
        func block(_ value: Int) -> String {
          let lines = (0..<200).map { "    p\($0): \($0 * value)" }
          return "provenance:\n  modelId: m\n  parameters:\n" + lines.joined(separator: "\n")
        }
        #expect(try hashOf(exchange, model(block(1))) == hashOf(exchange, model(block(2))))
      },
      ContractLine(group, 6, "three runs of one model: one hash, three ids") { (exchange) throws in
        let replies = try ["a", "b", "c"].map { try exchange.run(smallModel, field($0)) }
        #expect(Set(replies.map { $0["modelHash"]?.stringValue }).count == 1)
        #expect(Set(replies.map { $0["runId"]?.stringValue }).count == 3)
      },
    ]
  }()

  static let strip: [ContractLine] = {
    let group = "Strip"
    return [
      ContractLine(group, 1, "without the key, a text is stored byte for byte") {
        (exchange) throws in
        let text = "# a comment\r\n" + smallModel.replacing("\n", with: "\r\n")
        #expect(try stored(exchange, text) == text)
      },
      ContractLine(
        group, 1, "what is empty, broken, a list or a comment alone: 400",
        .better("a text that is no model is not passed on but refused at its place")
      ) { (exchange) throws in
        for text in ["", " \n", "\n\n", "a: [", "# nothing\n", "- a\n"] {
          #expect(try exchange.run(text).status == 400, "\(text)")
        }
      },
      ContractLine(group, 2, "the key goes with all of its content") { (exchange) throws in
        #expect(try stored(exchange, model(fullBlock)) == smallModel)
      },
      ContractLine(group, 3, "values in quotes stay in quotes") { (exchange) throws in
        let text = smallModel.replacing(
          "kind: const", with: "kind: const\n    metadata: {a: \"3.5\", b: \"true\", c: \"pmf\"}")
        let block = "provenance: {modelId: m}\ngrid:\n"
        #expect(try stored(exchange, text.replacing("grid:\n", with: block)) == text)
      },
      ContractLine(
        group, 4, "several documents: 400",
        .better("a model is one document; one would run and the others be lost without a word")
      ) { (exchange) throws in
        let reply = try exchange.run(model(fullBlock) + "---\nprovenance: {modelId: m}\n")
        #expect(reply.status == 400 && reply.body.contains("yaml-document-several"))
      },
      ContractLine(
        group, 5, "a key with a single value is not taken out but refused",
        .better("reading and taking out are one step, and a block of text is an error in it")
      ) { (exchange) throws in
        #expect(try exchange.run(model("provenance: text")).status == 400)
      },
      ContractLine(group, 6, "the word elsewhere is untouched") { (exchange) throws in
        let text = smallModel.replacing(
          "kind: const", with: "kind: const\n    metadata: {provenance: \"a provenance: b\"}"
        )
        .replacing("demand", with: "provenance")
        #expect(try stored(exchange, text) == text)
      },
      ContractLine(group, 7, "end to end with texts that look like other values") {
        (exchange) throws in
        let text = """
          schemaVersion: 1
          provenance: {modelId: m}
          grid: {bins: 4, binSize: 1, binUnit: hours}
          nodes:
            - id: demand
              kind: const
              values: [100, 120, 150, 130]
              metadata: {a: "pmf", b: "3.5", c: "true", d: "100", e: "null"}
          """ + "\n"
        let reply = try exchange.run(text)
        #expect(reply["series"]?.objectValue?["demand"] == [100, 120, 150, 130])
        let bare = try exchange.get("/v1/runs/\(reply["runId"]?.stringValue ?? "")/model").body
        #expect(try exchange.run(bare)["diagnostics"] == [])
      },
    ]
  }()
}
