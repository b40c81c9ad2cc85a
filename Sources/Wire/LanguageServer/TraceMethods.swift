package import JSON

/// LSP `TraceValue`: what a client wants to be told of its own messages.
package enum TraceValue: String, CaseIterable, Sendable {
  case off, messages, verbose
}

/// LSP `$/setTrace`.
package enum SetTraceMethod: Method {
  package static let name = "$/setTrace"

  package struct Params: WireParams {
    package var value: TraceValue

    package init(params: WireObject) throws(WireError) {
      guard let value = TraceValue(rawValue: try params.string("value")) else {
        let known = TraceValue.allCases.map(\.rawValue).joined(separator: ", ")
        throw params.refused("value", "one of \(known)")
      }
      self.value = value
    }
  }

  package typealias Result = Nothing
}

/// LSP `$/logTrace`, from server to client.
package enum LogTraceMethod {
  package static let name = "$/logTrace"

  package struct Params: WireResult {
    package var message: String
    /// Only where the client wants it.
    package var verbose: String?

    package init(message: String, verbose: String?) {
      self.message = message
      self.verbose = verbose
    }

    package var json: JSONValue {
      JSONObject.present([
        ("message", .string(message)), ("verbose", verbose.map(JSONValue.string)),
      ])
    }
  }
}
