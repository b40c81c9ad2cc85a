package import JSON

/// `run`: a model in; a stored run and the numbers that were asked for out.
package enum RunMethod: Method {
  package static let name = "run"
  package static let members = ["model", "provenance", "store", "series", "workDoneToken"]
  /// Unless it is told not to store.
  package static let writes = true

  package struct Params: WireParams {
    package var model: String
    package var provenance: String?
    package var stores: Bool
    /// Nodes or series whose values are wanted; nil where those of all nodes are.
    package var series: [String]?

    package init(params: WireObject) throws(WireError) {
      model = try params.string("model")
      provenance = try RunMethod.provenance(params)
      stores = try params.optionalBool("store") ?? true
      series = try params.optionalStrings("series")
    }
  }

  /// Whether a request is one that stores; what cannot be read is taken as if it did.
  package static func stores(_ params: JSONValue?) -> Bool {
    params?.objectValue?["store"] != false
  }

  /// A record as one line of JSON, or the bare id of a model.
  package static func provenance(_ params: WireObject) throws(WireError) -> String? {
    guard let value = params.present("provenance") else { return nil }
    switch value {
    case .string(let text): return text
    case .object: return value.text()
    default: throw params.refused("provenance", "an object or a string, not \(value.kindName)")
    }
  }

  /// What the evaluation has to say of a node.
  package struct Warning: WireResult {
    package var nodeID: String
    package var code: String
    package var message: String
    package var severity: String

    package init(nodeID: String, code: String, message: String, severity: String) {
      self.nodeID = nodeID
      self.code = code
      self.message = message
      self.severity = severity
    }

    package var json: JSONValue {
      [
        "nodeId": .string(nodeID), "code": .string(code), "message": .string(message),
        "severity": .string(severity),
      ]
    }
  }

  /// What is said of a run, alone or in a group.
  package struct Summary: Sendable {
    /// nil where nothing was stored, as the next two.
    package var runID: String?
    package var directory: String?
    package var modelHash: String?
    package var warnings: [Warning]
    package var provenanceWarnings: [String]
    package var diagnostics: [WireDiagnostic]

    package init(
      runID: String?, directory: String?, modelHash: String?, warnings: [Warning],
      provenanceWarnings: [String], diagnostics: [WireDiagnostic]
    ) {
      self.runID = runID
      self.directory = directory
      self.modelHash = modelHash
      self.warnings = warnings
      self.provenanceWarnings = provenanceWarnings
      self.diagnostics = diagnostics
    }

    var stored: [(String, JSONValue?)] {
      [
        ("runId", runID.map(JSONValue.string)), ("directory", directory.map(JSONValue.string)),
        ("modelHash", modelHash.map(JSONValue.string)),
      ]
    }

    var found: [(String, JSONValue?)] {
      [
        ("warnings", .array(warnings.map(\.json))),
        ("provenanceWarnings", .array(provenanceWarnings.map(JSONValue.string))),
        ("diagnostics", .array(diagnostics.map(\.json))),
      ]
    }
  }

  package struct Result: WireResult {
    package var summary: Summary
    package var grid: (bins: Int, binSize: Int, binUnit: String)
    /// Nodes, each behind those that it waits for.
    package var order: [String]
    package var series: [(name: String, values: WireSeries)]

    package init(
      summary: Summary, grid: (bins: Int, binSize: Int, binUnit: String), order: [String],
      series: [(name: String, values: WireSeries)]
    ) {
      self.summary = summary
      self.grid = grid
      self.order = order
      self.series = series
    }

    package var json: JSONValue {
      let evaluated: [(String, JSONValue?)] = [
        (
          "grid",
          [
            "bins": .number(JSONNumber(grid.bins)), "binSize": .number(JSONNumber(grid.binSize)),
            "binUnit": .string(grid.binUnit),
          ]
        ),
        ("order", .array(order.map(JSONValue.string))),
        ("series", .object(JSONObject(series.map { JSONMember($0.name, $0.values.json) }))),
      ]
      return JSONObject.present(summary.stored + evaluated + summary.found)
    }
  }
}
