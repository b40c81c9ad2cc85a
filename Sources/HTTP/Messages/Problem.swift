package import JSON

/// An error in a form for programs. Source: RFC 9457.
package struct Problem: Sendable {
  package var status: HTTPStatus
  /// A URI for what kind of problem this is; `about:blank` where the status says it all.
  package var type = "about:blank"
  /// The same for all problems of one type.
  package var title: String
  /// What is wrong this time; lower case, no full stop.
  package var detail: String
  /// A URI reference for this occurrence, such as the path asked for; nil leaves it out.
  package var instance: String?
  /// Findings in the client's text, as the wire has them.
  package var diagnostics: [JSONValue] = []
  /// Further members behind the others, such as `kind`. The names above are not among them.
  package var extensions: [(name: String, value: JSONValue)] = []

  package init(_ status: HTTPStatus, _ detail: String, instance: String? = nil) {
    self.status = status
    title = status.reason
    self.detail = detail
    self.instance = instance
  }

  init(_ failure: RequestFailure, _ limits: HTTPLimits) {
    self.init(failure.status, failure.detail)
    extensions.append(("kind", .string(failure.rawValue)))
    if let limit = failure.limit(limits) {
      detail += ": \(limit.name) is \(limit.value)"
      extensions.append(("limit", .string(limit.name)))
      extensions.append(("limitValue", .number(JSONNumber(limit.value))))
    }
  }

  /// Its members in the order of the specification, then diagnostics, then the rest.
  package var json: JSONValue {
    let members: [(String, JSONValue?)] = [
      ("type", .string(type)), ("title", .string(title)),
      ("status", .number(JSONNumber(status.rawValue))), ("detail", .string(detail)),
      ("instance", instance.map(JSONValue.string)), ("diagnostics", .array(diagnostics)),
    ]
    return JSONObject.present(members + extensions.map { ($0.name, $0.value) })
  }

  package var response: Response { Response(status, .problem, json.serialized()) }
}
