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

  /// - Parameter names: ids or their beginnings up to the `@`; none are all.
  static func read(
    _ names: [String], of run: String, in engine: Engine
  ) throws(Stop) -> [RunSeries] {
    let wanted = try names.isEmpty ? ids(of: run, in: engine) : names
    var all: [RunSeries] = []
    for name in wanted {
      let found = try Stop.wrapping { () throws(EngineFailure) in
        try GetSeries.run(name, of: run, in: engine)
      }
      guard let values = found.values else {
        throw .refused("the series \(quoted(name)) of \(quoted(run)) has a line that is no number")
      }
      all.append(RunSeries(found.entry, values))
    }
    return all
  }

  private static func ids(of run: String, in engine: Engine) throws(Stop) -> [String] {
    try Stop.wrapping { () throws(EngineFailure) in
      let index = try GetSeriesIndex.run(run, in: engine)
      return (index["series"]?.arrayValue ?? []).compactMap { $0.objectValue?["id"]?.stringValue }
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
