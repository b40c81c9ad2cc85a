package import JSON
package import JSONRPC

/// LSP `shutdown`: nothing but `exit` follows.
package enum ShutdownMethod: Method {
  package static let name = "shutdown"
  package typealias Params = Nothing
  package typealias Result = Nothing
}

/// LSP `$/cancelRequest`: nobody waits for the answer to a request any more.
package enum CancelMethod {
  package static let name = "$/cancelRequest"

  /// What the request is called; nil where `params` name none.
  package static func id(_ params: JSONValue?) -> RequestID? {
    params?.objectValue?["id"].flatMap(RequestID.init)
  }
}

/// LSP `$/progress`, from server to client, under the token that the request had.
package enum ProgressMethod {
  package static let name = "$/progress"

  /// LSP `WorkDoneProgressBegin`, `WorkDoneProgressReport`, `WorkDoneProgressEnd`.
  package enum Value: Hashable, Sendable {
    case begin(title: String, message: String?)
    case report(message: String)
    case end
  }

  /// - Parameter params: of a request.
  /// - Returns: its `workDoneToken`; nil where there is none, or no integer and no string.
  package static func token(_ params: JSONValue?) -> JSONValue? {
    guard let token = params?.objectValue?["workDoneToken"] else { return nil }
    return token.stringValue != nil || token.numberValue?.integer != nil ? token : nil
  }

  package static func params(_ token: JSONValue, _ value: Value) -> JSONValue {
    let json: JSONValue =
      switch value {
      case .begin(let title, let message):
        JSONObject.present([
          ("kind", "begin"), ("title", .string(title)), ("cancellable", true),
          ("message", message.map(JSONValue.string)),
        ])
      case .report(let message): ["kind": "report", "message": .string(message)]
      case .end: ["kind": "end"]
      }
    return ["token": token, "value": json]
  }
}

/// Names of LSP's notifications that carry nothing this server needs.
package enum LifecycleMethods {
  package static let initialized = "initialized"
  package static let exit = "exit"
}
