package import JSON

/// `trace`: the way back from a run to the template and the values that it comes of.
package enum TraceRunMethod: Method {
  package static let name = "trace"
  package static let members = ["runId", "workDoneToken"]
  package typealias Params = RunReference

  package struct Result: WireResult {
    /// Those that are known, in their order.
    package var texts: [(name: String, value: String?)]
    package var parameters: JSONObject
    /// nil where the run has none.
    package var provenance: JSONObject?

    package init(
      texts: [(name: String, value: String?)], parameters: JSONObject, provenance: JSONObject?
    ) {
      self.texts = texts
      self.parameters = parameters
      self.provenance = provenance
    }

    package var json: JSONValue {
      JSONObject.present(
        texts.map { ($0.name, $0.value.map(JSONValue.string)) } + [
          ("parameters", .object(parameters)), ("provenance", provenance.map(JSONValue.object)),
        ])
    }
  }
}
