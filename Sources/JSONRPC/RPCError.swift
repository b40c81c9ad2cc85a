package import JSON

/// The error of a response.
///
/// `data` is always an object with a `kind`, the error's name in camel case.
package struct RPCError: Error, Hashable, Sendable {
  package var code: Int
  /// One line, for a person.
  package var message: String
  package var data: JSONValue?

  package init(code: Int, message: String, data: JSONValue?) {
    self.code = code
    self.message = message
    self.data = data
  }

  /// With `kind` before the other members of `data`.
  package init(code: Int, message: String, kind: String, _ details: JSONObject = JSONObject()) {
    self.init(
      code: code, message: message,
      data: .object(JSONObject([JSONMember("kind", .string(kind))] + details.members)))
  }
}

extension RPCError {
  /// The codes that JSON-RPC 2.0 (section 5.1) and LSP 3.17 (`ErrorCodes`) reserve, and the one of ours that belongs to
  /// every connection.
  package enum Code {
    package static let parseError = -32_700
    package static let invalidRequest = -32_600
    package static let methodNotFound = -32_601
    package static let invalidParams = -32_602
    package static let internalError = -32_603
    package static let serverNotInitialized = -32_002
    package static let unknownErrorCode = -32_001
    package static let requestFailed = -32_803
    package static let serverCancelled = -32_802
    package static let contentModified = -32_801
    package static let requestCancelled = -32_800
    package static let limitExceeded = 1_007
  }

  package static func parseError(_ detail: String) -> RPCError {
    RPCError(code: Code.parseError, message: "Parse error: \(detail)", kind: "parseError")
  }

  package static func invalidRequest(_ detail: String) -> RPCError {
    RPCError(
      code: Code.invalidRequest, message: "Invalid Request: \(detail)", kind: "invalidRequest")
  }

  package static func methodNotFound(_ method: String) -> RPCError {
    RPCError(
      code: Code.methodNotFound, message: "Method not found: '\(Excerpt.text(method.utf8))'",
      kind: "methodNotFound")
  }

  package static func invalidParams(_ detail: String) -> RPCError {
    RPCError(code: Code.invalidParams, message: "Invalid params: \(detail)", kind: "invalidParams")
  }

  package static func internalError(_ detail: String) -> RPCError {
    RPCError(code: Code.internalError, message: "Internal error: \(detail)", kind: "internalError")
  }

  package static let serverNotInitialized = RPCError(
    code: Code.serverNotInitialized, message: "Server not initialized: send 'initialize' first",
    kind: "serverNotInitialized")

  package static let requestCancelled = RPCError(
    code: Code.requestCancelled, message: "Request cancelled", kind: "requestCancelled")

  /// - Parameter limit: its name, as the documentation and the flags have it: "bodyLengthMax".
  /// - Parameter code: ``Code/limitExceeded``, unless a specification has one for what was too large.
  package static func limitExceeded(
    _ limit: String, value: Int, _ detail: String, code: Int = Code.limitExceeded
  ) -> RPCError {
    let name =
      switch code {
      case Code.parseError: "Parse error"
      case Code.invalidRequest: "Invalid Request"
      default: "Limit exceeded"
      }
    return RPCError(
      code: code, message: "\(name): \(detail)", kind: "limitExceeded",
      ["limit": .string(limit), "value": .number(JSONNumber(value))])
  }

  /// The `error` member of a response.
  package var json: JSONValue {
    var object: JSONObject = ["code": .number(JSONNumber(code)), "message": .string(message)]
    object["data"] = data
    return .object(object)
  }
}
