import Engine
import FlowModel
import Foundation
import JSON
import Source
import TestSupport
import Testing

/// A folder of ``GoldenFolder``.
struct GoldenModel: CustomTestStringConvertible, Sendable {
  let folder: URL

  var testDescription: String { folder.lastPathComponent }

  static let all = GoldenFolder.models.map(GoldenModel.init)
  static let good = all.filter { $0.bytes("error.json") == nil }
  static let bad = all.filter { $0.bytes("error.json") != nil }

  func bytes(_ path: String) -> [UInt8]? {
    (try? Data(contentsOf: folder.appending(path: path))).map { [UInt8]($0) }
  }

  func json(_ path: String) throws -> JSONValue {
    try JSONDocument.parse(try #require(bytes(path))).root
  }

  func compiled() throws -> (plan: Plan?, findings: [Diagnostic], text: SourceText) {
    let text = SourceText(try #require(bytes("model.yaml")))
    let (plan, findings) = Plan.compile(ModelDocument(text))
    return (plan, findings, text)
  }
}

extension JSONValue {
  fileprivate subscript(key: String) -> JSONValue? { objectValue?[key] }

  /// A number as golden files have it.
  fileprivate var double: Double? {
    if let text = stringValue {
      return text == "NaN" ? .nan : text == "inf" ? .infinity : -.infinity
    }
    return numberValue?.double
  }
}

@Test(arguments: GoldenModel.good)
func `a golden model gives every series, its bytes and its warnings`(golden: GoldenModel) throws {
  let (plan, findings, _) = try golden.compiled()
  let run = try #require(plan?.evaluate(), "\(findings)")
  let listed = try #require(try golden.json("run.json")["series"]?.arrayValue).compactMap {
    $0["id"]?.stringValue
  }
  // The order of edges is not kept.
  func isEdge(_ id: String) -> Bool { id.hasPrefix("edge_") }
  #expect(run.series.map(\.id).filter { !isEdge($0) } == listed.filter { !isEdge($0) })
  #expect(Set(run.series.map(\.id)) == Set(listed))

  let numbers = try #require(try golden.json("series.json").objectValue)
  let hashes = try golden.json("manifest.json")["seriesHashes"]
  let index = try #require(try golden.json("index.json")["series"]?.arrayValue)
  for series in run.series {
    let expected = try #require(numbers[series.id]?.arrayValue, "\(series.id)").map(\.double)
    #expect(
      expected.count == series.values.count
        && zip(expected, series.values).allSatisfy { $0 == $1 || ($0?.isNaN == true && $1.isNaN) },
      "\(series.id): \(Array(series.values)), not \(expected)")
    let bytes = golden.bytes("series/\(series.id).csv")
    #expect(
      series.csv == bytes,
      "\(series.id): \(String(decoding: series.csv, as: UTF8.self)), not \(String(decoding: bytes ?? [], as: UTF8.self))"
    )
    #expect(series.hash == hashes?[series.id]?.stringValue)
    let entry = index.first { $0["id"]?.stringValue == series.id }
    #expect(series.kind.rawValue == entry?["kind"]?.stringValue, "\(series.id)")
    #expect(series.unit == entry?["unit"]?.stringValue)
    #expect(series.componentID == entry?["componentId"]?.stringValue)
    #expect(series.classLabel == entry?["class"]?.stringValue)
  }
  let warnings = try #require(try golden.json("run.json")["warnings"]?.arrayValue)
  #expect(
    run.warnings.map { [$0.nodeID, $0.code, $0.message, $0.severity] }
      == warnings.map { entry in
        ["nodeId", "code", "message", "severity"].map { entry[$0]?.stringValue ?? "" }
      })
  #expect(run.classesCoverage == (try golden.json("run.json"))["classesCoverage"]?.stringValue)
}

/// Where the golden models that do not run are wrong.
private let mistakes: [String: (code: String, place: String)] = [
  "complex-pmf": ("expr-missing", "COMP_A"), "pmf": ("expr-missing", "COMP_A"),
  "http-service": ("grid-missing", "window"), "microservices": ("grid-missing", "window"),
  "order-system": ("grid-missing", "window"),
  "retry-service-time": ("semantics-unknown-series", "\"file:SupportQueue_arrivals.csv\""),
]

@Test(arguments: GoldenModel.bad)
func `a golden model that does not run says why, and where`(golden: GoldenModel) throws {
  let (plan, findings, text) = try golden.compiled()
  #expect(plan == nil)
  guard let mistake = mistakes[golden.testDescription] else {
    #expect(findings.hasErrors)
    return
  }
  let found = findings.map { ($0.code.rawValue, text.string(in: $0.range)) }
  #expect(found.contains { $0 == mistake }, "\(found)")
}
