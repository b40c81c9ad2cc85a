import Server
import SimMethods

private func session(_ limits: SimLimits, _ change: (inout SimLimits) -> Void = { _ in }) -> Session
{
  var limits = limits
  change(&limits)
  return Session(Talk(limits: limits).service)
}

extension Session {
  fileprivate mutating func receive(_ lines: [String]) {
    receive(Array(lines.map { $0 + "\n" }.joined().utf8))
  }
}

/// Bounds of long requests, and of time. The clock is the test's.
let workEdges: [LimitEdge] = [
  LimitEdge("inlineLengthMax", at: 300, says: "in the background") { limits, count in
    var session = session(limits)
    session.receive([request(1, ofLength: count)])
    return session.hasWork ? "in the background" : "on the spot"
  },
  LimitEdge("longRequestCountMax", at: 3, from: .atBound, says: "waits") { limits, count in
    var session = session(limits) { $0.server.inlineLengthMax = 0 }
    session.receive((1...count).map { request($0, ofLength: 60) })
    return session.wantsInput ? "more is read" : "the next message waits"
  },
  LimitEdge("longRequestLengthMax", at: 300, from: .atBound, says: "waits") { limits, count in
    var session = session(limits) { $0.server.inlineLengthMax = 0 }
    session.receive([request(1, ofLength: 100), request(2, ofLength: count - 100)])
    return session.wantsInput ? "more is read" : "the next message waits"
  },
  LimitEdge("workCountMax", at: 2, says: "waits") { limits, count in
    var session = session(limits) { $0.server.inlineLengthMax = 0 }
    session.receive((1...count).map { request($0, ofLength: 60) })
    var outCount = 0
    while session.takeWork() != nil { outCount += 1 }
    return outCount < count ? "the last waits" : "all are out"
  },
  LimitEdge("quietMillisecondsMax", at: 70, from: .atBound, says: #""kind":"begin""#) {
    limits, count in
    var session = session(limits) { $0.server.inlineLengthMax = 0 }
    session.receive([request(1, "validateModel", #"{"model":"","workDoneToken":1}"#)])
    _ = session.advance(to: .seconds(5))
    _ = session.advance(to: .seconds(5) + .milliseconds(count))
    return String(decoding: session.takeOutput(), as: UTF8.self)
  },
  LimitEdge("frameSecondsMax", at: 7, from: .atBound, says: "frameSecondsMax") { limits, count in
    var session = session(limits)
    session.receive(Array("{".utf8))
    _ = session.advance(to: .seconds(5))
    _ = session.advance(to: .seconds(5 + count))
    return String(decoding: session.takeOutput(), as: UTF8.self)
  },
]
