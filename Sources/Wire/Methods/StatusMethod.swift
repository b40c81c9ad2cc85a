package import JSON

/// `status`: which version this is, its limits, and what it has done.
package enum StatusMethod: Method {
  package static let name = "status"
  package typealias Params = Nothing

  package struct Result: WireResult {
    package var version: String
    package var uptimeSeconds: Double
    package var templateCount: Int
    /// Hex digits at the end of a model id, and among how many sets of values two share them with a chance of one half.
    package var modelIDHash: (digits: Int, evenChanceCount: Int)
    /// Every bound by its name.
    package var limits: [(name: String, value: Int)]
    package var counters: [(name: String, value: Int)]

    package init(
      version: String, uptimeSeconds: Double, templateCount: Int,
      modelIDHash: (digits: Int, evenChanceCount: Int),
      limits: [(name: String, value: Int)],
      counters: [(name: String, value: Int)]
    ) {
      self.version = version
      self.uptimeSeconds = uptimeSeconds
      self.templateCount = templateCount
      self.modelIDHash = modelIDHash
      self.limits = limits
      self.counters = counters
    }

    package var json: JSONValue {
      func object(_ values: [(name: String, value: Int)]) -> JSONValue {
        .object(JSONObject(values.map { JSONMember($0.name, .number(JSONNumber($0.value))) }))
      }
      return .object([
        "name": "flowtime-sim",
        "version": .string(version),
        "uptimeSeconds": JSONNumber(uptimeSeconds).map(JSONValue.number) ?? .null,
        "templateCount": .number(JSONNumber(templateCount)),
        "modelIdHash": object([
          ("digits", modelIDHash.digits), ("evenChanceCount", modelIDHash.evenChanceCount),
        ]),
        "limits": object(limits),
        "counters": object(counters),
      ])
    }
  }
}
