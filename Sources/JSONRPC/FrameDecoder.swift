/// Cuts a byte stream into message bodies. Knows no JSON and no descriptor.
///
/// Push what was read, then take frames with ``next()`` until there is none. However the stream is cut into pushes, the
/// frames and the failure are the same; and memory stays in proportion to one message if each push is followed by that.
///
/// What the LSP base protocol leaves open: blanks around a length are trimmed, not before the colon; a bare LF ends a
/// line, a bare CR never; equal lengths may be repeated; leading zeros are digits; unknown fields and media types are
/// ignored; nothing, not even a blank line or a byte order mark, may stand before the first field.
///
/// In line framing, lines of white space alone are skipped, CR LF ends a line too, and the last line needs no break.
package struct FrameDecoder: Sendable {
  package enum Frame: Hashable, Sendable {
    /// A message, which may be anything, even empty.
    case body([UInt8])
    /// A message that cannot be handed on and was passed over; the stream is in step.
    case refused(Refusal)
  }

  package enum Refusal: Hashable, Sendable {
    /// `Content-Type` names a character set that is not UTF-8.
    case charset(String)
    case lineTooLong(lengthMax: Int)
  }

  /// Why the next boundary is unknowable: answer with a parse error (id null) and close.
  package enum Failure: Error, Hashable {
    /// A line that is no `name: value` in ASCII.
    case fieldMalformed
    case carriageReturnAlone
    case whiteSpaceBeforeHeader
    case lengthMissing
    case lengthMalformed
    case lengthsDiffer
    case bodyTooLong(lengthMax: Int)
    case headerTooLong(lengthMax: Int)
    case tooManyFields(countMax: Int)
    /// The peer closed its end inside a header block.
    case endedInHeader
    /// The peer closed its end inside a body.
    case endedInBody(received: Int, length: Int)
    /// A message was begun and did not end in time; the caller has the clock.
    case tooSlow(secondsMax: Int)
  }

  /// The framing given, or found from the first byte that is not white space; nil until then.
  package private(set) var framing: Framing?
  /// After a failure, the first bytes of the line that could not be read, as far as they had arrived; at most 40.
  package private(set) var excerpt: [UInt8] = []

  /// A frame as a place in ``buffer``, until the next push.
  enum Found {
    case body(Range<Int>)
    case refused(Refusal)
  }

  private enum Stage: Sendable {
    case detecting
    case line
    case skippingLine
    case header
    case body(length: Int)
    case skippingBody(length: Int, received: Int, charset: String)
  }

  /// Above this, room that is not in use is given back.
  private static let idleCapacityMax = 1 << 20

  private(set) var buffer: [UInt8] = []
  /// Where what has not been handed out begins.
  private var start = 0
  /// No line break stands between `start` and here.
  private var searched = 0
  private var stage: Stage
  private var header: HeaderBlock
  private var hasWhiteSpace = false
  private var isEnded = false
  private var failure: Failure?
  /// How many messages have ended so far.
  private(set) var endedCount: UInt64 = 0
  private let bodyLengthMax: Int

  /// - Parameter framing: nil to find it: `{` or `[` means ``Framing/line``, anything else ``Framing/header``.
  package init(framing: Framing? = nil, limits: RPCLimits = RPCLimits()) {
    self.framing = framing
    stage =
      switch framing {
      case nil: .detecting
      case .line: .line
      case .header: .header
      }
    header = HeaderBlock(limits: limits)
    bodyLengthMax = limits.bodyLengthMax
  }

  /// Takes what was read. After a failure or ``finish()`` it is ignored.
  ///
  /// Complexity: O(bytes), amortised over the stream.
  package mutating func push(_ bytes: ArraySlice<UInt8>) {
    guard failure == nil, !isEnded else { return }
    compact()
    buffer.append(contentsOf: bytes)
  }

  package mutating func push(_ bytes: [UInt8]) { push(bytes[...]) }

  /// Says that nothing follows. ``next()`` then hands out what is whole, and fails if something is not.
  package mutating func finish() {
    isEnded = true
  }

  /// Whether a message has begun and not ended, once ``next()`` has no more.
  var isWithinMessage: Bool {
    guard failure == nil, !isEnded else { return false }
    switch stage {
    case .detecting, .line: return start < buffer.count
    case .skippingLine, .body, .skippingBody: return true
    case .header: return start < buffer.count || !header.isUntouched
    }
  }

  /// Reads no further.
  mutating func giveUp(_ failure: Failure) {
    guard self.failure == nil else { return }
    fail(failure)
  }

  /// The next whole frame, or nil until more bytes are pushed; nil after ``finish()`` is a clean end.
  ///
  /// - Throws: ``Failure``, from then on always the same one.
  package mutating func next() throws(Failure) -> Frame? {
    switch try advance() {
    case nil: nil
    case .body(let range): .body(Array(buffer[range]))
    case .refused(let refusal): .refused(refusal)
    }
  }

  mutating func advance() throws(Failure) -> Found? {
    if let failure { throw failure }
    do throws(Failure) {
      return try step()
    } catch {
      fail(error)
      throw error
    }
  }

  private mutating func fail(_ failure: Failure) {
    self.failure = failure
    let rest = buffer[start...].prefix(Excerpt.lengthMax)
    excerpt = Array((header.line + rest).prefix(Excerpt.lengthMax))
    buffer = []
    start = 0
  }

  private mutating func step() throws(Failure) -> Found? {
    while true {
      switch stage {
      case .detecting:
        guard try detect() else { return nil }
      case .line:
        return line()
      case .skippingLine:
        guard skipLine() else { return nil }
      case .header:
        guard start < buffer.count else {
          if isEnded, !header.isUntouched { throw .endedInHeader }
          return nil
        }
        let held = buffer  // no copy: keeps the span apart from the fields that change meanwhile
        if try header.read(held.span, from: &start), let length = header.bodyLength {
          if let charset = header.foreignCharset {
            stage = .skippingBody(length: length, received: 0, charset: charset)
          } else {
            stage = .body(length: length)
          }
          header.reset()
        }
      case .body(let length):
        let received = buffer.count - start
        guard received >= length else {
          if isEnded { throw .endedInBody(received: received, length: length) }
          return nil
        }
        let range = start..<(start + length)
        start += length
        stage = .header
        endedCount += 1
        return .body(range)
      case .skippingBody(let length, var received, let charset):
        let count = min(length - received, buffer.count - start)
        start += count
        received += count
        guard received == length else {
          if isEnded { throw .endedInBody(received: received, length: length) }
          stage = .skippingBody(length: length, received: received, charset: charset)
          return nil
        }
        stage = .header
        endedCount += 1
        return .refused(.charset(charset))
      }
    }
  }

  /// Returns whether the framing is known.
  private mutating func detect() throws(Failure) -> Bool {
    while start < buffer.count, Self.isWhiteSpace(buffer[start]) {
      start += 1
      hasWhiteSpace = true
    }
    guard start < buffer.count else { return false }
    let byte = buffer[start]
    if byte == 0x7B || byte == 0x5B {
      framing = .line
      stage = .line
      searched = start
    } else {
      framing = .header
      stage = .header
      if hasWhiteSpace { throw .whiteSpaceBeforeHeader }
    }
    return true
  }

  /// The next line that is not blank.
  private mutating func line() -> Found? {
    let held = buffer
    let bytes = held.span
    while true {
      var end = max(searched, start)
      while end < bytes.count, bytes[end] != 0x0A { end += 1 }
      searched = end

      let isBroken = end < bytes.count
      var contentEnd = end
      // Perhaps the first half of a line break that has not arrived.
      if contentEnd > start, bytes[contentEnd - 1] == 0x0D { contentEnd -= 1 }
      guard contentEnd - start <= bodyLengthMax else {
        stage = .skippingLine
        start = end
        return .refused(.lineTooLong(lengthMax: bodyLengthMax))
      }
      guard isBroken || isEnded && end > start else { return nil }

      let range = start..<contentEnd
      start = isBroken ? end + 1 : end
      searched = start
      endedCount += 1
      for offset in range where !Self.isWhiteSpace(bytes[offset]) { return .body(range) }
    }
  }

  /// Returns whether the line has ended.
  private mutating func skipLine() -> Bool {
    while start < buffer.count {
      start += 1
      if buffer[start - 1] == 0x0A {
        stage = .line
        endedCount += 1
        return true
      }
    }
    return false
  }

  /// Drops what has been handed out once it is the greater part, so that each byte is moved at most twice.
  private mutating func compact() {
    if start == buffer.count {
      buffer.removeAll(keepingCapacity: buffer.capacity <= Self.idleCapacityMax)
    } else if start > buffer.count / 2 {
      buffer.removeSubrange(0..<start)
    } else {
      return
    }
    searched = max(searched - start, 0)
    start = 0
  }

  private static func isWhiteSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }
}
