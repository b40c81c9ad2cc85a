/// Cuts a byte stream into requests. Knows no answer, no time and no descriptor.
///
/// However the stream is cut into pushes, the requests and the failure are the same. One blank line before a request is
/// passed over, as RFC 9112 section 2.2 asks; everything else is taken as the grammar has it.
struct RequestReader: Sendable {
  enum Event: Sendable {
    /// A head has been read, and what it announces can be taken. The request follows when its body is in.
    case head(RequestHead, expectsContinue: Bool)
    case request(Request)
  }

  private enum Stage: Sendable {
    case requestLine
    case fields
    case body(remaining: Int)
    case chunkSize
    case chunk(remaining: Int)
    case chunkEnd
    case trailers
  }

  /// Above this, room that is not in use is given back.
  private static let idleCapacityMax = 64 << 10

  private let limits: HTTPLimits
  private var buffer: [UInt8] = []
  /// Where what has not been read begins.
  private var start = 0
  /// No LF stands between `start` and here.
  private var searched = 0
  private var stage = Stage.requestLine
  private var isAfterBlankLine = false
  private(set) var head: RequestHead?
  private var headerLength = 0
  private var body: [UInt8] = []
  private var extensionLength = 0
  private var trailerLength = 0
  /// How many requests have been handed out.
  private(set) var endedCount = 0

  init(limits: HTTPLimits) {
    self.limits = limits
  }

  /// Bytes received and not read.
  var waitingLength: Int { buffer.count - start }

  /// Whether a request has begun and not ended.
  var isWithinRequest: Bool { start < buffer.count || isBegun }

  private var isBegun: Bool {
    if case .requestLine = stage { false } else { true }
  }

  /// Whether the head of a request has been read and its body not.
  var isWithinBody: Bool {
    switch stage {
    case .requestLine, .fields: false
    case .body, .chunkSize, .chunk, .chunkEnd, .trailers: true
    }
  }

  /// Complexity: O(bytes), amortised over the stream.
  mutating func push(_ bytes: ArraySlice<UInt8>) {
    if start == buffer.count {
      buffer.removeAll(keepingCapacity: buffer.capacity <= Self.idleCapacityMax)
      searched = 0
      start = 0
    } else if start > Self.idleCapacityMax / 2, start > buffer.count / 2 {
      buffer.removeSubrange(..<start)
      searched = max(searched - start, 0)
      start = 0
    }
    buffer.append(contentsOf: bytes)
  }

  /// Forgets everything.
  mutating func clear() {
    self = RequestReader(limits: limits)
  }

  /// The next event, or nil until more bytes are pushed.
  ///
  /// - Throws: ``RequestFailure``. Where the next request begins cannot be known any more.
  mutating func next() throws(RequestFailure) -> Event? {
    while true {
      switch stage {
      case .requestLine:
        guard try readRequestLine() else { return nil }
      case .fields:
        guard try readFields(), let head else { return nil }
        return try begin(head)
      case .body(let remaining):
        let left = take(remaining)
        stage = .body(remaining: left)
        return left == 0 ? end() : nil
      case .chunkSize:
        guard try readChunkSize() else { return nil }
      case .chunk(let remaining):
        let left = take(remaining)
        stage = left == 0 ? .chunkEnd : .chunk(remaining: left)
        if left > 0 { return nil }
      case .chunkEnd:
        guard try readChunkEnd() else { return nil }
      case .trailers:
        return try readTrailers() ? end() : nil
      }
    }
  }

  // MARK: Lines

  /// Where the LF is that ends the line at `start`; nil until it has arrived.
  private mutating func lineFeed() -> Int? {
    let place = Self.lineFeed(in: buffer.span, from: max(searched, start))
    searched = place
    return place < buffer.count ? place : nil
  }

  /// - Returns: the number of bytes where there is none.
  private static func lineFeed(in bytes: Span<UInt8>, from start: Int) -> Int {
    var place = start
    while place < bytes.count, bytes[place] != 0x0A { place += 1 }
    return place
  }

  /// The line that ends at `end` without its break, and moves behind it.
  private mutating func takeLine(_ end: Int) throws(RequestFailure) -> ArraySlice<UInt8> {
    guard end > start, buffer[end - 1] == 0x0D else { throw .lineBreakMalformed }
    let line = buffer[start..<(end - 1)]
    start = end + 1
    return line
  }

  // Bounds are looked at before anything else in a line, so that it makes no difference whether its end has arrived.

  private mutating func readRequestLine() throws(RequestFailure) -> Bool {
    guard start < buffer.count else { return false }
    if buffer[start] == 0x0D, !isAfterBlankLine {
      guard start + 1 < buffer.count else { return false }
      guard buffer[start + 1] == 0x0A else { throw .lineBreakMalformed }
      isAfterBlankLine = true
      start += 2
      return true
    }
    // Another protocol, such as TLS, shows at its first byte, and may wait for an answer without a line break.
    guard Grammar.isTokenByte(buffer[start]) else { throw .requestLineMalformed }
    guard let end = lineFeed() else {
      if waitingLength > limits.requestLineLengthMax + 1 { throw .requestLineTooLong }
      return false
    }
    let length = end - start - (buffer[end - 1] == 0x0D ? 1 : 0)
    guard length <= limits.requestLineLengthMax else { throw .requestLineTooLong }
    let line = try takeLine(end)
    if line.contains(0x0D) { throw .lineBreakMalformed }
    head = try RequestHead(line: line, limits: limits)
    headerLength = 0
    stage = .fields
    return true
  }

  /// - Returns: whether the blank line has been read.
  private mutating func readFields() throws(RequestFailure) -> Bool {
    while true {
      guard let end = lineFeed() else {
        if headerLength + waitingLength > limits.headerLengthMax { throw .headersTooLong }
        return false
      }
      headerLength += end + 1 - start
      guard headerLength <= limits.headerLengthMax else { throw .headersTooLong }
      let line = try takeLine(end)
      if line.isEmpty { return true }
      guard (head?.fields.fields.count ?? 0) < limits.headerCountMax else { throw .headersTooMany }
      try head?.append(line: line)
    }
  }

  // MARK: Bodies

  private mutating func begin(_ head: RequestHead) throws(RequestFailure) -> Event {
    try head.checkHost()
    let expectsContinue = try head.expectsContinue()
    switch try head.body(limits: limits) {
    case .length(let length):
      stage = .body(remaining: length)
      // Room for what has arrived, not for what was promised.
      body.reserveCapacity(min(length, waitingLength))
      return .head(head, expectsContinue: expectsContinue && length > 0)
    case .chunked:
      extensionLength = 0
      stage = .chunkSize
      return .head(head, expectsContinue: expectsContinue)
    }
  }

  private mutating func end() -> Event? {
    guard let head else { return nil }
    let request = Request(
      number: endedCount, method: head.method, target: head.target,
      minorVersion: head.minorVersion, fields: head.fields, body: body)
    body = []
    self.head = nil
    isAfterBlankLine = false
    endedCount += 1
    stage = .requestLine
    return .request(request)
  }

  /// Takes at most `remaining` bytes into the body. Returns how many are missing.
  private mutating func take(_ remaining: Int) -> Int {
    let count = min(remaining, waitingLength)
    body.append(contentsOf: buffer[start..<(start + count)])
    start += count
    return remaining - count
  }

  /// Source: RFC 9112 section 7.1.
  private mutating func readChunkSize() throws(RequestFailure) -> Bool {
    guard let end = lineFeed() else {
      let room = Self.sizeDigitsMax + limits.chunkExtensionLengthMax - extensionLength + 1
      if waitingLength > room {
        let line = buffer[start...]
        _ = try chunkSize(line.last == 0x0D ? line.dropLast() : line)
      }
      return false
    }
    let line = buffer[start..<end]
    let size = try chunkSize(line.last == 0x0D ? line.dropLast() : line)
    _ = try takeLine(end)
    guard size <= limits.bodyLengthMax - body.count else { throw .bodyTooLong }
    if size == 0 {
      trailerLength = 0
      stage = .trailers
    } else {
      stage = .chunk(remaining: size)
    }
    return true
  }

  private static let sizeDigitsMax = 16

  private mutating func chunkSize(_ line: ArraySlice<UInt8>) throws(RequestFailure) -> Int {
    let digits = line.prefix { Grammar.hexValue($0) != nil }
    guard !digits.isEmpty, digits.count <= Self.sizeDigitsMax else { throw .chunkMalformed }
    let rest = line[digits.endIndex...]
    guard rest.isEmpty || rest.first == 0x3B else { throw .chunkMalformed }
    extensionLength += rest.count
    guard extensionLength <= limits.chunkExtensionLengthMax else { throw .chunkExtensionsTooLong }
    guard rest.allSatisfy(Grammar.isValueByte) else { throw .chunkMalformed }
    let size = digits.reduce(UInt64(0)) { $0 << 4 | UInt64(Grammar.hexValue($1) ?? 0) }
    return Int(clamping: size)
  }

  private mutating func readChunkEnd() throws(RequestFailure) -> Bool {
    guard start < buffer.count else { return false }
    guard buffer[start] == 0x0D else { throw .chunkMalformed }
    guard start + 1 < buffer.count else { return false }
    guard buffer[start + 1] == 0x0A else { throw .chunkMalformed }
    start += 2
    stage = .chunkSize
    return true
  }

  /// Trailers are checked as fields are, and dropped: nothing here asks for any.
  private mutating func readTrailers() throws(RequestFailure) -> Bool {
    while true {
      guard let end = lineFeed() else {
        if trailerLength + waitingLength > limits.trailerLengthMax { throw .trailersTooLong }
        return false
      }
      trailerLength += end + 1 - start
      guard trailerLength <= limits.trailerLengthMax else { throw .trailersTooLong }
      let line = try takeLine(end)
      if line.isEmpty { return true }
      _ = try RequestHead.field(line)
    }
  }
}
