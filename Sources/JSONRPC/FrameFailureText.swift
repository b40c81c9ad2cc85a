extension FrameDecoder.Failure {
  /// For a person: lower case, no full stop.
  package var message: String {
    switch self {
    case .fieldMalformed: "expected a header field like 'Content-Length: 123'"
    case .carriageReturnAlone: "a carriage return without a line feed in the header"
    case .whiteSpaceBeforeHeader: "white space before the first header field"
    case .lengthMissing: "a header block without Content-Length"
    case .lengthMalformed: "Content-Length is no decimal number of bytes"
    case .lengthsDiffer: "two Content-Length fields that differ"
    case .bodyTooLong(let lengthMax): "a body of more than \(lengthMax) bytes (bodyLengthMax)"
    case .headerTooLong(let lengthMax):
      "a header block of more than \(lengthMax) bytes (headerLengthMax)"
    case .tooManyFields(let countMax): "more than \(countMax) header fields (headerCountMax)"
    case .endedInHeader: "the stream ends inside a header block"
    case .endedInBody(let received, let length):
      "the stream ends inside a body, after \(received) of \(length) bytes"
    case .tooSlow(let secondsMax):
      "a message that has not ended \(secondsMax) s after it began (frameSecondsMax)"
    }
  }

  /// Whether the peer went away, rather than sent something wrong.
  package var isEnd: Bool {
    switch self {
    case .endedInHeader, .endedInBody: true
    default: false
    }
  }

  /// The limit that was passed, by its name in ``RPCLimits``, and its value.
  package var limit: (name: String, value: Int)? {
    switch self {
    case .bodyTooLong(let lengthMax): ("bodyLengthMax", lengthMax)
    case .headerTooLong(let lengthMax): ("headerLengthMax", lengthMax)
    case .tooManyFields(let countMax): ("headerCountMax", countMax)
    case .tooSlow(let secondsMax): ("frameSecondsMax", secondsMax)
    default: nil
    }
  }

  /// What the peer may have done, judged by the bytes that could not be read; nil where nothing is likely.
  func hint(_ excerpt: [UInt8]) -> String? {
    guard self == .fieldMalformed || self == .whiteSpaceBeforeHeader || self == .lengthMissing
    else {
      return nil
    }
    if excerpt.starts(with: [0xEF, 0xBB, 0xBF]) {
      return "the stream begins with a byte order mark: send none"
    }
    let methods = [
      "GET", "POST", "PUT", "HEAD", "OPTIONS", "CONNECT", "DELETE", "PATCH", "TRACE", "PRI",
    ]
    if methods.contains(where: { excerpt.starts(with: ($0 + " ").utf8) }) {
      return "this looks like HTTP, which is not spoken here"
    }
    let text = excerpt.drop { $0 == 0x0D || $0 == 0x0A || $0 == 0x20 || $0 == 0x09 }
    switch text.first {
    case 0x7B, 0x5B:
      return
        "this looks like JSON without a header: one message a line is understood from the start of a"
        + " stream, or put Content-Length before each message"
    case 0x22, 0x5D, 0x7D:
      return "this looks like the end of a body: Content-Length counts bytes, not characters"
    default:
      return self == .fieldMalformed
        ? "nothing else may write to this stream: does a log go to standard output?" : nil
    }
  }
}
