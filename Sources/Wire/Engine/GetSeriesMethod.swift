package import JSON

/// `getSeries`: one series of a run.
package enum GetSeriesMethod: Method {
  package static let name = "getSeries"
  package static let members = ["runId", "series", "as", "workDoneToken"]

  package struct Params: WireParams {
    package enum Form: String, CaseIterable, Sendable {
      case values, csv
    }

    package var runID: String
    /// The id of the series, or its beginning before `@`.
    package var series: String
    package var form: Form

    package init(params: WireObject) throws(WireError) {
      runID = try params.string("runId")
      series = try params.string("series")
      let name = try params.optionalString("as") ?? Form.values.rawValue
      guard let form = Form(rawValue: name) else {
        throw params.refused("as", "'values' or 'csv'")
      }
      self.form = form
    }
  }

  package struct Result: WireResult {
    package enum Values: Sendable {
      case values(WireSeries)
      /// The file as it is.
      case csv(String)
    }

    /// What series/index.json says of it.
    package var entry: JSONObject
    /// `sha256:` and hex digits over the file.
    package var hash: String
    package var values: Values

    package init(entry: JSONObject, hash: String, values: Values) {
      self.entry = entry
      self.hash = hash
      self.values = values
    }

    package var json: JSONValue {
      let member =
        switch values {
        case .values(let series): JSONMember("values", series.json)
        case .csv(let text): JSONMember("csv", .string(text))
        }
      return .object(
        JSONObject([
          JSONMember("series", .object(entry)), JSONMember("hash", .string(hash)), member,
        ]))
    }
  }
}
