import JSON
import JSONRPC

/// One answer of ours, as the peer reads it.
struct Reply: Equatable {
  let id: String
  /// The error's code, or `result`.
  let code: String

  /// Every reply in what was written, batches taken apart; each must be of the right form.
  ///
  /// Messages with a method are no replies and are left out.
  static func all(in output: [UInt8], _ framing: Framing) -> [Reply] {
    var replies: [Reply] = []
    var decoder = FrameDecoder(framing: framing)
    decoder.push(output)
    decoder.finish()
    do throws(FrameDecoder.Failure) {
      while let frame = try decoder.next() {
        guard case .body(let body) = frame else {
          Invariant.report("what is written is no frame: \(frame)")
          continue
        }
        replies += read(body)
      }
    } catch {
      Invariant.report("what is written cannot be read: \(error)")
    }
    return replies
  }

  private static func read(_ body: [UInt8]) -> [Reply] {
    guard let document = try? JSONDocument.parse(body), document.duplicateNames.isEmpty else {
      Invariant.report("a body is no JSON: \(Invariant.shown(body))")
      return []
    }
    var replies: [Reply] = []
    for message in document.root.arrayValue ?? [document.root] {
      let object = message.objectValue ?? JSONObject()
      let error = object["error"]?.objectValue
      let isCall = object["method"]?.stringValue != nil
      let isReply =
        object["id"] != nil && (object["result"] == nil) != (object["error"] == nil)
        && (object["error"] == nil
          || error?["code"]?.numberValue?.integer != nil
            && error?["message"]?.stringValue != nil
            && error?["data"]?.objectValue?["kind"]?.stringValue != nil)
      Invariant.demand(
        object["jsonrpc"] == "2.0" && isCall != isReply,
        "a message has the form of JSON-RPC 2.0: \(message.text())")
      if isReply {
        replies.append(
          Reply(id: object["id"]?.text() ?? "", code: error?["code"]?.text() ?? "result"))
      }
    }
    return replies
  }
}
