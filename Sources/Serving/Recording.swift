import JSON
import JSONRPC
package import Server
import Wire

/// A conversation as a transcript, while it goes on: bytes of both ends in, text out.
///
/// What depends on the time is left open, so that it can be played as a test. What cannot be played is left out: progress,
/// which depends on how busy the machine is, and bytes that are no message.
/// Source: protocol/README.md, "Transcripts" and "Recordings".
package struct Recording: Sendable {
  /// What decides which parts of a reply are left open.
  private enum Asked {
    case status
    /// What the program says of it.
    case other
  }

  /// How a recording ends that has all of its conversation; without it, or after ``cutMark``, it has not.
  package static let endMark = "# The recording is whole."
  package static let cutMark = "# The recording is cut: "

  private let methods: any ServedMethods
  private let lengthMax: Int
  private let requestCountMax: Int
  private var input: FrameDecoder
  private var output: FrameDecoder?
  /// Requests whose replies are not written as they are.
  private var asked: [RequestID: Asked] = [:]
  private var text: [UInt8] = []
  private var length = 0
  private var hasMessages = false
  /// Nothing that the client says counts any more.
  private var isInputOver = false
  /// Nothing more is written.
  package private(set) var isOver = false

  /// - Parameter methods: what the client talks to; of its limits ``Limits/recordLengthMax`` is the recording's own.
  package init(_ methods: any ServedMethods) {
    self.methods = methods
    let limits = methods.limits.server
    lengthMax = limits.recordLengthMax
    requestCountMax = limits.rpc.requestCountMax
    input = FrameDecoder(limits: limits.rpc)
    append(
      "# Recorded by \(methods.programName) \(methods.programVersion). It has everything that was said, secrets too."
    )
    for (name, value) in methods.limits.changed { append("! \(name)=\(value)") }
  }

  /// What is to be written to the file now.
  package mutating func takeText() -> [UInt8] {
    let taken = text
    text = []
    return taken
  }

  /// Takes what the client sent, before it is answered.
  package mutating func receive(_ bytes: ArraySlice<UInt8>) {
    guard !isOver, !isInputOver else { return }
    input.push(bytes)
    takeMessages()
  }

  /// The client sends no more: a last line is a message without a break too.
  package mutating func finishInput() {
    guard !isOver, !isInputOver else { return }
    input.finish()
    takeMessages()
  }

  private mutating func takeMessages() {
    do throws(FrameDecoder.Failure) {
      while !isOver, !isInputOver, let frame = try input.next() {
        guard case .body(let body) = frame else { return cut("a message was passed over") }
        if !hasMessages, input.framing == .header { append("! framing header") }
        hasMessages = true
        append(">", body)
        note((try? JSONDocument.parse(body))?.root)
      }
    } catch {
      cut("what the client sent is no message")
    }
  }

  /// Takes what the client is sent: whole messages.
  package mutating func send(_ bytes: [UInt8]) {
    guard !isOver else { return }
    var decoder = output ?? Self.decoder(input.framing ?? .header)
    decoder.push(bytes)
    while !isOver, case .body(let body)? = try? decoder.next() { add(reply: body) }
    output = decoder
  }

  /// - Parameter ending: how the session has ended; nil where one end was closed.
  package mutating func finish(_ ending: Session.Ending?) {
    guard !isOver else { return }
    switch ending {
    case nil: break
    case .exit(let isOrderly): append("= exit \(isOrderly ? 0 : 1)")
    case .streamBroken: return cut("what the client sent cannot be followed")
    }
    append(Self.endMark)
    isOver = true
  }

  private static func decoder(_ framing: Framing) -> FrameDecoder {
    var limits = RPCLimits()
    // What was written was within its own bounds.
    limits.bodyLengthMax = 1 << 40
    return FrameDecoder(framing: framing, limits: limits)
  }

  // MARK: Requests

  private mutating func note(_ message: JSONValue?) {
    if case .array(let items)? = message {
      for item in items { note(item) }
      return
    }
    guard let object = message?.objectValue, let method = object["method"]?.stringValue else {
      return
    }
    guard let id = object["id"].flatMap(RequestID.init) else {
      if method == LifecycleMethods.exit { isInputOver = true }
      return
    }
    let asked: Asked? =
      method == StatusMethod.name
      ? .status : methods.dependsOnTime(method, object["params"]?.objectValue) ? .other : nil
    if let asked, self.asked.count < requestCountMax { self.asked[id] = asked }
  }

  // MARK: Replies

  private mutating func add(reply body: [UInt8]) {
    guard let root = (try? JSONDocument.parse(body))?.root else { return append("<", body) }
    switch root.objectValue?["method"]?.stringValue {
    case ProgressMethod.name: return
    case LogTraceMethod.name:
      return append("<", Self.replacing("took ", through: " ms", by: "took … ms", in: body))
    case let method?:
      if let remark = methods.remark(inPlaceOf: method) { return append("# " + remark) }
    case nil: break
    }
    guard case .array(let items) = root else { return append("<", pattern(root, body)) }
    var line: [UInt8] = [0x5B]
    for (index, item) in items.enumerated() {
      if index > 0 { line.append(0x2C) }
      line += pattern(item, item.serialized())
    }
    append("<", line + [0x5D])
  }

  /// A reply with what depends on the time left open.
  ///
  /// - Parameter text: that of the reply.
  private mutating func pattern(_ reply: JSONValue, _ text: [UInt8]) -> [UInt8] {
    guard let object = reply.objectValue, let id = object["id"].flatMap(RequestID.init),
      let asked = asked.removeValue(forKey: id), let result = object["result"]?.objectValue
    else { return text }
    switch asked {
    case .status:
      var line = Array(#"{"jsonrpc":"2.0","id":"#.utf8) + id.json.serialized()
      line += Array(#","result":{"#.utf8)
      for (index, member) in result.members.enumerated() {
        if index > 0 { line.append(0x2C) }
        line += JSONValue.string(member.name).serialized() + [0x3A]
        let isOpen = ["uptimeSeconds", "counters", "methods"].contains(member.name)
        line += isOpen ? Array("…".utf8) : member.value.serialized()
      }
      return line + Array("}}".utf8)
    case .other:
      return methods.openings(of: result).reduce(text) { text, opening in
        Self.replacing(opening.text, by: opening.opened, in: text)
      }
    }
  }

  /// Puts other bytes in every place of some.
  ///
  /// - Parameter end: up to which, with it, bytes go as well; empty for none.
  private static func replacing(
    _ start: String, through end: String = "", by new: String, in bytes: [UInt8]
  ) -> [UInt8] {
    let (start, end) = (Array(start.utf8), Array(end.utf8))
    var result: [UInt8] = []
    var rest = bytes[...]
    while let found = range(of: start, in: rest) {
      let after = rest[found.upperBound...]
      guard let stop = end.isEmpty ? found : range(of: end, in: after) else { break }
      result += rest[..<found.lowerBound]
      result += Array(new.utf8)
      rest = rest[stop.upperBound...]
    }
    return result + rest
  }

  private static func range(of wanted: [UInt8], in bytes: ArraySlice<UInt8>) -> Range<Int>? {
    guard let first = wanted.first else { return nil }
    var rest = bytes
    while let start = rest.firstIndex(of: first) {
      rest = rest[start...]
      if rest.starts(with: wanted) { return start..<start + wanted.count }
      rest = rest.dropFirst()
    }
    return nil
  }

  // MARK: Text

  private mutating func append(_ line: String) {
    append(Array(line.utf8))
  }

  /// A message as a line; its own lines become continued ones, which is white space in JSON.
  private mutating func append(_ mark: String, _ body: [UInt8]) {
    var line = Array((mark + " ").utf8)
    var isBroken = false
    for byte in body {
      if byte == 0x0A || byte == 0x0D {
        isBroken = true
        continue
      }
      if isBroken { line += Array("\n  ".utf8) }
      isBroken = false
      line.append(byte)
    }
    append(line)
  }

  private mutating func append(_ line: [UInt8]) {
    guard !isOver else { return }
    guard length + line.count + 1 <= lengthMax else {
      return cut("it would have more than \(lengthMax) bytes (recordLengthMax)")
    }
    length += line.count + 1
    text += line
    text.append(0x0A)
  }

  /// Says that no more is written; this line has its own room.
  private mutating func cut(_ reason: String) {
    text += Array("\(Self.cutMark)\(reason)\n".utf8)
    isOver = true
  }
}
