package import JSON

/// `rebuildIndex`: the index is made again from the runs alone.
package enum RebuildIndexMethod: Method {
  package static let name = "rebuildIndex"
  package static let members = ["workDoneToken"]
  package static let writes = true
  package typealias Params = Nothing

  package struct Result: WireResult {
    package var count: Int

    package init(count: Int) {
      self.count = count
    }

    package var json: JSONValue { ["artifactCount": .number(JSONNumber(count))] }
  }
}
