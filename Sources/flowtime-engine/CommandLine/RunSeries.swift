import CommandLine
import EngineOperations
import JSON
import Source

/// A series of a stored run with its numbers.
struct RunSeries {
  let id: String
  /// The id up to the `@`, with the class of one that is no total.
  let name: String
  let kind: String
  let unit: String
  let values: [Double]

  /// - Parameters:
  ///   - names: ids or their beginnings up to the `@`; none are all.
  ///   - countMax: how many are read where none are named.
  static func read(
    _ names: [String], countMax: Int = .max, of run: String, in engine: Engine
  ) throws(Stop) -> [RunSeries] {
    let found = try Stop.wrapping { () throws(EngineFailure) in
      if names.isEmpty { return try GetSeries.first(countMax, of: run, in: engine) }
      var found: [GetSeries.Result] = []
      for name in names { found.append(try GetSeries.run(name, of: run, in: engine)) }
      return found
    }
    var all: [RunSeries] = []
    for series in found {
      guard let values = series.values else {
        let id = series.entry["id"]?.stringValue ?? ""
        throw .refused("the series \(quoted(id)) of \(quoted(run)) has a line that is no number")
      }
      all.append(RunSeries(series.entry, values))
    }
    return all
  }

  /// How many series a run has.
  static func count(of run: String, in engine: Engine) throws(Stop) -> Int {
    try Stop.wrapping { () throws(EngineFailure) in
      try GetSeriesIndex.run(run, in: engine)["series"]?.arrayValue?.count ?? 0
    }
  }

  private init(_ entry: JSONObject, _ values: [Double]) {
    id = entry["id"]?.stringValue ?? ""
    kind = entry["kind"]?.stringValue ?? ""
    unit = entry["unit"]?.stringValue ?? ""
    self.values = values
    let parts = id.split(separator: "@").map(String.init)
    let className = parts.count > 2 && parts[2] != "DEFAULT" ? " (\(parts[2]))" : ""
    name = (parts.first ?? id) + className
  }

  var json: JSONValue {
    [
      "id": .string(id), "kind": .string(kind), "unit": .string(unit),
      "values": .array(values.map { value in JSONNumber(value).map { .number($0) } ?? .null }),
    ]
  }
}
