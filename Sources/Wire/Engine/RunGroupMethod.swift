package import JSON

/// `runGroup`: many models in, their runs stored together with one wait for the disk.
package enum RunGroupMethod: Method {
  package static let name = "runGroup"
  package static let members = ["runs", "workDoneToken"]
  package static let writes = true

  package struct Params: WireParams {
    package struct Run: Sendable {
      package var model: String
      package var provenance: String?
    }

    package var runs: [Run]

    package init(params: WireObject) throws(WireError) {
      var runs: [Run] = []
      for item in try params.objects("runs") {
        runs.append(
          Run(model: try item.string("model"), provenance: try RunMethod.provenance(item)))
      }
      self.runs = runs
    }
  }

  /// What became of one model; in the order of the request.
  package enum Outcome: Sendable {
    case stored(RunMethod.Summary)
    /// The error that `run` would answer, as JSON.
    case refused(JSONValue)

    var json: JSONValue {
      switch self {
      case .stored(let summary): JSONObject.present(summary.stored + summary.found)
      case .refused(let error): ["error": error]
      }
    }
  }

  package struct Result: WireResult {
    package var runs: [Outcome]

    package init(runs: [Outcome]) {
      self.runs = runs
    }

    package var json: JSONValue { ["runs": .array(runs.map(\.json))] }
  }
}
