package import JSON

/// `getSeriesIndex`: which series a run has.
package enum GetSeriesIndexMethod: Method {
  package static let name = "getSeriesIndex"
  package static let members = ["runId", "workDoneToken"]
  package typealias Params = RunReference

  package struct Result: WireResult {
    /// series/index.json.
    package var index: JSONObject

    package init(index: JSONObject) {
      self.index = index
    }

    package var json: JSONValue { .object(index) }
  }
}
