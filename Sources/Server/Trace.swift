import JSON
import JSONRPC
import Wire

/// What a client is told of its own messages, by `$/logTrace`.
///
/// It says of params and results how their members are called and how long they are, and never a value: the client has
/// them all, and traces are shown and passed on where a sensitive parameter must not be.
/// Source: LSP 3.17, "LogTrace Notification".
struct Trace {
  var value = TraceValue.off
  /// Bytes of each text; see ``Limits/traceLengthMax``.
  let lengthMax: Int

  var isOn: Bool { value != .off }

  func received(_ method: String, _ id: RequestID, _ params: JSONValue?) -> LogTraceMethod.Params {
    told("Received request '\(cut(method)) - (\(name(id)))'", "Params", params)
  }

  func received(notification method: String, _ params: JSONValue?) -> LogTraceMethod.Params {
    told("Received notification '\(cut(method))'", "Params", params)
  }

  func sending(
    _ method: String, _ id: RequestID, _ result: Result<JSONValue, RPCError>, after time: Duration
  ) -> LogTraceMethod.Params {
    let milliseconds = time.attoseconds / 1_000_000_000_000_000
    let message =
      "Sending response '\(cut(method)) - (\(name(id)))'. Processing request took \(milliseconds) ms"
    switch result {
    case .success(let value): return told(message, "Result", value)
    case .failure(let error):
      return told("\(message). Request failed with \(error.code)", "Data", error.data)
    }
  }

  private func told(_ message: String, _ title: String, _ value: JSONValue?)
    -> LogTraceMethod.Params
  {
    LogTraceMethod.Params(
      message: cut(message),
      verbose: value == nil || self.value != .verbose
        ? nil : value.map { cut("\(title): \(outline($0))") })
  }

  private func name(_ id: RequestID) -> String {
    if case .string(let text) = id { return cut(text) }
    return cut(id.json.text(.compact))
  }

  /// The form of a value; of an object also that of its members.
  private func outline(_ value: JSONValue) -> String {
    guard let members = value.objectValue?.members else { return form(of: value) }
    var text = "{"
    // What comes after is cut away.
    for (index, member) in members.enumerated() where text.utf8.count <= lengthMax {
      text += "\(index > 0 ? ", " : "")\(cut(member.name)): \(form(of: member.value))"
    }
    return text + "}"
  }

  private func form(of value: JSONValue) -> String {
    switch value {
    case .null: "null"
    case .bool: "boolean"
    case .number: "number"
    case .string(let text): "string (\(counted(text.utf8.count, "byte")))"
    case .array(let items): "array (\(counted(items.count, "item")))"
    case .object(let object): "object (\(counted(object.members.count, "member")))"
    }
  }

  private func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }

  /// At most ``lengthMax`` bytes, and an ellipsis where there were more.
  private func cut(_ text: String) -> String {
    guard text.utf8.count > lengthMax else { return text }
    var end = text.utf8.index(text.utf8.startIndex, offsetBy: lengthMax)
    // Not within a character.
    while end > text.utf8.startIndex, text.utf8[end] & 0xC0 == 0x80 {
      end = text.utf8.index(before: end)
    }
    return String(decoding: text.utf8[..<end], as: UTF8.self) + "…"
  }
}
