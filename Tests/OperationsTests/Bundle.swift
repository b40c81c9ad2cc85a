import FlowModel
import Foundation
import JSON
import Operations
import Source
import Testing

/// The templates that the package ships, and how a test generates from them.
enum Bundle {
  static let ids = [
    "call-center", "document-processing", "incident-retry", "it-system-microservices",
    "manufacturing-line", "network-reliability", "shared-database", "supply-chain-multi-tier",
    "transportation-basic", "warehouse-picker-waves",
  ]

  /// Templates of the base level that tests keep: what is generated from them never changes.
  static let baseIDs = [
    "it-system-microservices", "manufacturing-line", "network-reliability",
    "supply-chain-multi-tier", "transportation-basic",
  ]

  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// A file of the package.
  static func text(_ path: String) throws -> SourceText {
    SourceText(Array(try Data(contentsOf: root.appendingPathComponent(path))))
  }

  /// All files of `templates/`.
  static func snapshot() throws -> Snapshot { try snapshot(of: "templates") }

  /// The templates of ``baseIDs``.
  static func baseSnapshot() throws -> Snapshot {
    try snapshot(of: "Tests/OperationsTests/Fixtures/base")
  }

  private static func snapshot(of folder: String) throws -> Snapshot {
    let names = try FileManager.default.contentsOfDirectory(
      atPath: root.appendingPathComponent(folder).path
    ).sorted()
    return Snapshot(
      catalog: TemplateCatalog(
        try names.map { TemplateCatalog.Entry(path: $0, text: try text("\(folder)/\($0)")) }))
  }

  /// Noon of the day that the documentation uses.
  static let noon = FixedIdentities(
    at: Timestamp.Reading(rfc3339: "2025-09-25T12:00:00Z")?.timestamp ?? .epoch)

  static func json(_ text: String) throws -> JSONObject {
    try #require(try JSONDocument.parse(Array(text.utf8)).root.objectValue)
  }
}

/// A template of one const node, `echo`, whose parameters a test declares.
func template(_ parameters: String, description: String = "") -> SourceText {
  SourceText(
    """
    metadata: {id: demo}
    parameters: [\(parameters)]
    grid: {bins: 1, binSize: 1, binUnit: days}
    nodes: [{id: echo, kind: const, values: [1]}]
    outputs: [{series: echo, as: echo.csv, description: "\(description)"}]

    """)
}
