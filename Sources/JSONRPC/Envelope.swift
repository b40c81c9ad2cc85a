import JSON
import Source

/// What one JSON value is as a message.
///
/// What JSON-RPC 2.0 leaves open: `params` of null counts as absent, for clients that always send the member; members
/// that nobody knows are ignored; an object with a method and a result is an invalid request; a fraction is an id.
enum Envelope {
  case request(RequestID, method: String, params: JSONText?)
  case notification(method: String, params: JSONText?)
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
    self = Self.call(id, method, params.map(JSONText.init))
  }

  /// Reads a call, and makes no value of its params.
  ///
  /// - Returns: nil for what is no call, or a rare one: ``init(_:)`` tells what it is.
  init?(_ outline: JSONOutline, _ text: ArraySlice<UInt8>) {
    let bytes = text.span
    var isVersioned = false
    var id: RequestID?
    var method: String?
    var params: JSONText?
    for member in outline.members {
      let name = bytes.extracting(member.name.start..<member.name.end)
      let value = bytes.extracting(member.value.start..<member.value.end)
      switch Self.word(name) {
      case Self.versionName: isVersioned = Self.word(value) == Self.version
      case Self.idName:
        guard let found = Self.scalar(value).flatMap(RequestID.init) else { return nil }
        id = found
      case Self.methodName:
        guard case .string(let found)? = Self.scalar(value) else { return nil }
        method = found
      case Self.paramsName:
        switch value[0] {
        case 0x7B, 0x5B:
          params = JSONText(
            checked: text.dropFirst(member.value.start).prefix(member.value.count))
        case 0x6E: break
        default: return nil
        }
      case Self.resultName, Self.errorName: return nil
      default: break
      }
    }
    guard isVersioned, let method else { return nil }
    self = Self.call(id, method, params)
  }

  private static func call(_ id: RequestID?, _ method: String, _ params: JSONText?) -> Envelope {
    guard let id else { return .notification(method: method, params: params) }
    return .request(id, method: method, params: params)
  }

  private static func scalar(_ text: Span<UInt8>) -> JSONValue? {
    (try? JSONDocument.parse(text))?.root
  }

  private static let versionName = word("jsonrpc".utf8.span)
  private static let version = word("\"2.0\"".utf8.span)
  private static let idName = word("id".utf8.span)
  private static let methodName = word("method".utf8.span)
  private static let paramsName = word("params".utf8.span)
  private static let resultName = word("result".utf8.span)
  private static let errorName = word("error".utf8.span)

  /// A text of one to eight bytes as a number that no other such text has; 0 for all others, which are not looked for.
  @inline(__always)
  private static func word(_ text: Span<UInt8>) -> UInt64 {
    guard text.count <= 8 else { return 0 }
    var word: UInt64 = 0
    for offset in text.indices { word = word << 8 | UInt64(text[offset]) }
    return word
  }

  private static func problem(params: JSONValue?) -> String? {
    switch params {
    case nil, .null, .array, .object: nil
    case .bool, .number, .string: "'params' must be an array or an object"
    }
  }
}
