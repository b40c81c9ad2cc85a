package import JSON

/// The texts of messages, without framing. Members stand in the order `jsonrpc`, `id`, then what the message says.
package enum RPCMessage {
  package static func append(
    resultOf id: RequestID, _ result: Result<JSONText, RPCError>, to bytes: inout [UInt8]
  ) {
    begin(&bytes)
    append(id, to: &bytes)
    switch result {
    case .success(let value):
      bytes.append(contentsOf: resultName)
      value.append(to: &bytes)
    case .failure(let error):
      bytes.append(contentsOf: ",\"error\":".utf8)
      error.json.append(to: &bytes)
    }
    bytes.append(0x7D)
  }

  /// - Parameter id: nil makes it a notification.
  /// - Parameter params: an array or an object, or nil for none.
  package static func append(
    call method: String, id: RequestID?, params: JSONValue?, to bytes: inout [UInt8]
  ) {
    begin(&bytes)
    if let id { append(id, to: &bytes) }
    bytes.append(contentsOf: ",\"method\":".utf8)
    JSONWriter.append(string: method, to: &bytes)
    if let params {
      bytes.append(contentsOf: ",\"params\":".utf8)
      params.append(to: &bytes)
    }
    bytes.append(0x7D)
  }

  // What is in every message, as bytes: a string would be looked at character by character.
  private static let versionMember = Array("{\"jsonrpc\":\"2.0\"".utf8)
  private static let idName = Array(",\"id\":".utf8)
  private static let resultName = Array(",\"result\":".utf8)

  private static func begin(_ bytes: inout [UInt8]) {
    bytes.append(contentsOf: versionMember)
  }

  private static func append(_ id: RequestID, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: idName)
    id.json.append(to: &bytes)
  }
}
