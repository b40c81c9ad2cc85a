import FlowModel
import Foundation
import JSON
import Operations
import Source
import Templates
import TestSupport
import Testing

/// The UI's way: generate, run, ask for runs of the template, read the record back.
@Test(arguments: PackageFolder.files(in: "templates", endingIn: ".yaml"))
func `a generated model leads from its run back to its record`(path: String) throws {
  let exchange = try Exchange()
  let template = SourceText(try PackageFolder.text(path))
  let time = try #require(Timestamp(seconds: 1_758_801_600))
  for isEmbedded in [false, true] {
    for naming in Provenance.Naming.allCases {
      let made = try GenerateModel.run(
        GenerateModel.Request(
          template: .text(template), embedsProvenance: isEmbedded, naming: naming),
        in: Snapshot(), issuer: FixedIdentities(at: time))
      let record = JSONValue.object(made.provenance)
      let field =
        "X-Model-Provenance: " + String(decoding: record.serialized(.ascii), as: UTF8.self)
      let reply = try exchange.send(
        "POST", "/v1/run", isEmbedded ? [] : [field], made.model.string)
      #expect(reply.status == 200, "\(reply.body)")
      #expect(reply["diagnostics"] == [] && reply["provenanceWarnings"] == [])
      let id = try #require(reply["runId"]?.stringValue)
      var stored = try #require(try exchange.record(id))
      #expect(stored["receivedAt"] != nil || stored["received_at"] != nil)
      stored["receivedAt"] = nil
      stored["received_at"] = nil
      #expect(stored == made.provenance)
      let bare = try ExtractProvenance.run(made.model).model
      #expect(try exchange.get("/v1/runs/\(id)/model").body == bare.string)
    }
  }
  let all = try exchange.ids("")
  #expect(all.count == 4)
  let record = try #require(try exchange.record(all[0]))
  for name in ["template_id", "model_id", "source"] {
    let value =
      record[name] ?? record[Provenance.fields.first { $0.snakeCase == name }?.camelCase ?? ""]
    #expect(try exchange.ids("?\(name)=\(value?.stringValue ?? "")") == all, "\(name)")
  }
}
