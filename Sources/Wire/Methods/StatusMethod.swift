package import JSON

/// `status`: which version this is, its limits, and what it has done.
package enum StatusMethod: Method {
  package static let name = "status"
  package typealias Params = Nothing

  /// What is known of the requests for one method.
  package struct MethodTimes: Sendable {
    package var name: String
    package var count: Int
    package var errorCount: Int
    /// Percentiles and the longest of the times from a request's turn to its reply.
    package var microseconds: [(name: String, value: Double)]

    package init(
      name: String, count: Int, errorCount: Int, microseconds: [(name: String, value: Double)]
    ) {
      self.name = name
      self.count = count
      self.errorCount = errorCount
      self.microseconds = microseconds
    }

    fileprivate var json: JSONValue {
      let times = microseconds.map {
        JSONMember($0.name, JSONNumber($0.value).map(JSONValue.number) ?? .null)
      }
      return [
        "count": .number(JSONNumber(count)), "errors": .number(JSONNumber(errorCount)),
        "microseconds": .object(JSONObject(times)),
      ]
    }
  }

  package struct Result: WireResult {
    package var version: String
    package var uptimeSeconds: Double
    package var templateCount: Int
    /// Hex digits at the end of a model id, and among how many sets of values two share them with a chance of one half.
    package var modelIDHash: (digits: Int, evenChanceCount: Int)
    /// Every bound by its name.
    package var limits: [(name: String, value: Int)]
    package var counters: [(name: String, value: Int)]
    /// Those that were called.
    package var methods: [MethodTimes]
    /// Whether the connection that asks is refused what writes.
    package var isReadOnly: Bool

    package init(
      version: String, uptimeSeconds: Double, templateCount: Int,
      modelIDHash: (digits: Int, evenChanceCount: Int),
      limits: [(name: String, value: Int)],
      counters: [(name: String, value: Int)],
      methods: [MethodTimes], isReadOnly: Bool
    ) {
      self.version = version
      self.uptimeSeconds = uptimeSeconds
      self.templateCount = templateCount
      self.modelIDHash = modelIDHash
      self.limits = limits
      self.counters = counters
      self.methods = methods
      self.isReadOnly = isReadOnly
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
        "methods": .object(JSONObject(methods.map { JSONMember($0.name, $0.json) })),
        "readOnly": .bool(isReadOnly),
      ])
    }
  }
}
