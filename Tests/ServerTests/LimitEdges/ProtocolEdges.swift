import Server
import Serving
import SimMethods

/// Bounds of messages, and of what is told of them.
let protocolEdges: [LimitEdge] = [
  LimitEdge("bodyLengthMax", at: 100, says: "(bodyLengthMax)") { limits, count in
    let empty = request(1, "echo", #"[""]"#).utf8.count
    let filler = String(repeating: "x", count: count - empty)
    return said(limits, [request(1, "echo", #"["\#(filler)"]"#)])
  },
  LimitEdge("headerLengthMax", at: 40, says: "(headerLengthMax)") { limits, count in
    let filler = String(repeating: " ", count: count - "Content-Length:2\r\n\r\n".utf8.count)
    return said(limits, Array("Content-Length:\(filler)2\r\n\r\n{}".utf8))
  },
  LimitEdge("headerCountMax", at: 3, says: "(headerCountMax)") { limits, count in
    let others = String(repeating: "a: b\r\n", count: count - 1)
    return said(limits, Array("\(others)Content-Length: 2\r\n\r\n{}".utf8))
  },
  LimitEdge("depthMax", at: 5, says: "(depthMax)") { limits, count in
    let opening = String(repeating: "[", count: count - 1)
    let closing = String(repeating: "]", count: count - 1)
    return said(limits, [request(1, "echo", opening + closing)])
  },
  LimitEdge("valueCountMax", at: 9, says: "(valueCountMax)") { limits, count in
    // The message, its version, id, method and params.
    let items = Array(repeating: "1", count: count - 5)
    return said(limits, [request(1, "echo", "[\(items.joined(separator: ","))]")])
  },
  LimitEdge("batchCountMax", at: 3, says: "(batchCountMax)") { limits, count in
    let requests = (1...count).map { request($0, "echo", "[]") }
    return said(limits, ["[\(requests.joined(separator: ","))]"])
  },
  LimitEdge("batchReplyLengthMax", at: 100, says: "(batchReplyLengthMax)") { limits, count in
    let frame = #"{"jsonrpc":"2.0","id":1,"result":[""]}"#.utf8.count
    let filler = String(repeating: "x", count: count - 2 * frame)
    let requests = [request(1, "echo", #"["\#(filler)"]"#), request(2, "echo", #"[""]"#)]
    return said(limits, ["[\(requests.joined(separator: ","))]"])
  },
  LimitEdge("requestCountMax", at: 3, says: "(requestCountMax)") { limits, count in
    var limits = limits
    limits.server.inlineLengthMax = 0
    return said(limits, (1...count).map { request($0, ofLength: 60) })
  },
  LimitEdge("outputLengthMax", at: 300, from: .atBound, says: "waits") { limits, count in
    var session = Session(Talk(limits: limits).service)
    let frame = #"{"jsonrpc":"2.0","id":1,"result":[""]}"#.utf8.count + 1
    let filler = String(repeating: "x", count: count - frame)
    let lines = [request(1, "echo", #"["\#(filler)"]"#), request(2, "echo", "[]")]
    session.receive(Array(lines.map { $0 + "\n" }.joined().utf8))
    return session.takeOutput().count == count ? "the second message waits" : "both are answered"
  },
  LimitEdge("traceLengthMax", at: 50, says: "…") { limits, count in
    let empty = "Received request ' - (1)'".utf8.count
    let method = String(repeating: "m", count: count - empty)
    let replies = said(
      limits,
      [notification("$/setTrace", #"{"value":"messages"}"#), request(1, method, "[]")])
    return String(replies.split(separator: "\n").first ?? "")
  },
  LimitEdge("recordLengthMax", at: 400, says: Recording.cutMark) { limits, count in
    func text(_ filler: String) -> String {
      let talk = Talk(limits: limits)
      var session = Session(talk.service)
      var recording = Recording(talk.sim)
      let line = Array((notification("m", #"["\#(filler)"]"#) + "\n").utf8)
      recording.receive(line[...])
      session.receive(line)
      recording.send(session.takeOutput())
      recording.finishInput()
      session.finish()
      recording.finish(session.ending)
      return String(decoding: recording.takeText(), as: UTF8.self)
    }
    return text(String(repeating: "x", count: count - text("").utf8.count))
  },
]
