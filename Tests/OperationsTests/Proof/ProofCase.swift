import FlowModel
import JSON
import Operations
import Source
import Testing

/// A generation, what came of it, and the catalog that it came of.
struct ProofCase {
  let snapshot: Snapshot
  let model: SourceText
  let record: JSONObject

  /// The template of most proofs: small, with values of every type.
  static let demo = """
    metadata: {id: demo, title: Démo, version: "1.10"}
    parameters:
      - {name: rate, type: number, default: 1.5}
      - {name: count, type: integer, default: 3, max: 10}
      - {name: label, type: string, default: x}
    grid: {bins: 2, binSize: 1, binUnit: hours}
    nodes:
      - {id: load, kind: const, values: ["${rate}", "${count}"]}
    outputs:
      - {series: load, as: load.csv, description: "${label}"}

    """

  init(_ template: String = demo, _ parameters: JSONObject = [:], time: String? = nil) throws {
    snapshot = ProofCase.snapshot(template)
    let reading = time.flatMap { Timestamp.Reading(rfc3339: $0) }
    let made = try GenerateModel.run(
      GenerateModel.Request(template: .id("demo"), parameters: parameters), in: snapshot,
      issuer: reading.map { FixedIdentities(at: $0.timestamp) } ?? Bundle.noon)
    model = made.model
    record = made.provenance
  }

  static func snapshot(_ templates: String...) -> Snapshot {
    Snapshot(
      catalog: TemplateCatalog(
        templates.enumerated().map { index, text in
          TemplateCatalog.Entry(path: "t\(index).yaml", text: SourceText(text))
        }))
  }

  /// The record with fields put in place of others; nil takes a field out.
  func record(with changes: [(String, JSONValue?)]) -> JSONObject {
    var record = record
    for (name, value) in changes { record[name] = value }
    return record
  }

  func proof(
    model: SourceText? = nil, record: JSONObject? = nil, template: TemplateChoice? = nil,
    values: JSONObject = [:], in other: Snapshot? = nil
  ) throws -> Proof {
    try VerifyProvenance.run(
      model ?? self.model, record: .value(.object(record ?? self.record)), values: values,
      template: template, in: other ?? snapshot)
  }
}

extension Proof {
  func check(_ name: ProofCheck.Name) throws -> ProofCheck {
    try #require(checks.first { $0.name == name })
  }

  /// `passed failed …`, in order.
  var states: [ProofCheck.State] { checks.map(\.state) }
}
