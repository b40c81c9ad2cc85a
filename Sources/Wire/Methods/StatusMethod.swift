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
    /// Of the program.
    package var name: String
    package var version: String
    package var uptimeSeconds: Double
    /// What the program says of itself.
    package var own: [JSONMember]
    /// Every bound by its name.
    package var limits: [(name: String, value: Int)]
    package var counters: [(name: String, value: Int)]
    /// Those that were called.
    package var methods: [MethodTimes]
    /// Whether the connection that asks is refused what writes.
    package var isReadOnly: Bool

    package init(
      name: String, version: String, uptimeSeconds: Double, own: [JSONMember],
      limits: [(name: String, value: Int)],
      counters: [(name: String, value: Int)],
      methods: [MethodTimes], isReadOnly: Bool
    ) {
      self.name = name
      self.version = version
      self.uptimeSeconds = uptimeSeconds
      self.own = own
      self.limits = limits
      self.counters = counters
      self.methods = methods
      self.isReadOnly = isReadOnly
    }

    package var json: JSONValue {
      func object(_ values: [(name: String, value: Int)]) -> JSONValue {
        .object(JSONObject(values.map { JSONMember($0.name, .number(JSONNumber($0.value))) }))
      }
      let first = [
        JSONMember("name", .string(name)),
        JSONMember("version", .string(version)),
        JSONMember("uptimeSeconds", JSONNumber(uptimeSeconds).map(JSONValue.number) ?? .null),
      ]
      let last = [
        JSONMember("limits", object(limits)),
        JSONMember("counters", object(counters)),
        JSONMember("methods", .object(JSONObject(methods.map { JSONMember($0.name, $0.json) }))),
        JSONMember("readOnly", .bool(isReadOnly)),
      ]
      return .object(JSONObject(first + own + last))
    }
  }
}
