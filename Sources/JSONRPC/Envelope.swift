import JSON
import Source

/// What one JSON value is as a message.
///
/// What JSON-RPC 2.0 leaves open: `params` of null counts as absent, for clients that always send the member; members
/// that nobody knows are ignored; an object with a method and a result is an invalid request; a fraction is an id.
enum Envelope {
  case request(RequestID, method: String, params: JSONValue?)
  case notification(method: String, params: JSONValue?)
  /// To no call of ours: never answered, or two peers could go on for ever.
  case response(RequestID?)
  /// `id` is null where there is none to be found.
  case invalid(RequestID, String)

  init(_ value: JSONValue) {
    guard case .object(let object) = value else {
      self = .invalid(.null, "a message is an object, not \(value.kindName)")
      return
    }
    var version: JSONValue?
    var idValue: JSONValue?
    var methodValue: JSONValue?
    var params: JSONValue?
    var outcome: String?
    for member in object.members {
      switch ExactString(member.name) {
      case "jsonrpc": version = member.value
      case "id": idValue = member.value
      case "method": methodValue = member.value
      case "params": params = member.value
      case "result", "error": outcome = member.name
      default: break
      }
    }

    let id = idValue.flatMap(RequestID.init)
    if outcome != nil, methodValue == nil {
      self = .response(id)
      return
    }
    let problem: String? =
      if idValue != nil, id == nil {
        "'id' must be a string, a number or null"
      } else if version != "2.0" {
        "'jsonrpc' must be the string \"2.0\""
      } else if let outcome {
        "a message with a method has no '\(outcome)'"
      } else {
        Self.problem(params: params)
      }
    if let problem {
      self = .invalid(id ?? .null, problem)
      return
    }
    guard case .string(let method) = methodValue else {
      self = .invalid(id ?? .null, "'method' must be a string")
      return
    }
    if params?.isNull == true { params = nil }
    self =
      if let id {
        .request(id, method: method, params: params)
      } else {
        .notification(method: method, params: params)
      }
  }

  private static func problem(params: JSONValue?) -> String? {
    switch params {
    case nil, .null, .array, .object: nil
    case .bool, .number, .string: "'params' must be an array or an object"
    }
  }
}
