package import JSON

/// `getProvenance`: the record of a run in its own spelling.
package enum GetProvenanceMethod: Method {
  package static let name = "getProvenance"
  package static let members = ["runId", "workDoneToken"]
  package typealias Params = RunReference

  package struct Result: WireResult {
    package var provenance: JSONObject

    package init(provenance: JSONObject) {
      self.provenance = provenance
    }

    package var json: JSONValue { ["provenance": .object(provenance)] }
  }
}
