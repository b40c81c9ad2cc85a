/// The fields before one body, read byte by byte, so that a cut anywhere in the stream changes nothing.
struct HeaderBlock: Sendable {
  /// From `Content-Length`; nil until that field has been read.
  private(set) var bodyLength: Int?
  /// From `Content-Type`, if it is not UTF-8.
  private(set) var foreignCharset: String?
  /// The line being read, or the one just ended, with its line break.
  private(set) var line: [UInt8] = []

  private let limits: RPCLimits
  private var length = 0
  private var fieldCount = 0
  private var colon: Int?
  private var lineIsComplete = false

  init(limits: RPCLimits) {
    self.limits = limits
  }

  /// Whether nothing of the block has been seen.
  var isUntouched: Bool { length == 0 }

  mutating func reset() {
    bodyLength = nil
    foreignCharset = nil
    line.removeAll(keepingCapacity: true)
    length = 0
    fieldCount = 0
    colon = nil
    lineIsComplete = false
  }

  /// Reads on from `offset`, which moves behind what was read.
  ///
  /// Lines end with CR LF; a bare LF is taken too, a bare CR is not.
  /// - Returns: whether the blank line that ends the block has been read.
  mutating func read(
    _ bytes: Span<UInt8>, from offset: inout Int
  ) throws(FrameDecoder.Failure) -> Bool {
    if length == 0, readPlain(bytes, from: &offset) { return true }
    while offset < bytes.count {
      let byte = bytes[offset]
      offset += 1
      if lineIsComplete {
        line.removeAll(keepingCapacity: true)
        colon = nil
        lineIsComplete = false
      }
      let followsReturn = line.last == 0x0D
      line.append(byte)
      guard length < limits.headerLengthMax else {
        throw .headerTooLong(lengthMax: limits.headerLengthMax)
      }
      length += 1

      if byte == 0x0A {
        if try endLine() { return true }
      } else if followsReturn {
        throw .carriageReturnAlone
      } else if byte == 0x0D {
        continue
      } else if colon != nil {
        guard byte == 0x09 || byte >= 0x20 && byte <= 0x7E else { throw .fieldMalformed }
      } else if byte == 0x3A, line.count > 1 {
        colon = line.count - 1
      } else {
        guard Self.isTokenByte(byte) else { throw .fieldMalformed }
      }
    }
    return false
  }

  /// `Content-Length`, one blank, digits, nothing else: what nearly every peer sends.
  private static let plain = Array("Content-Length: ".utf8)

  /// Reads a whole block of that form at once.
  ///
  /// - Returns: false, with nothing changed, for any other, or one that has not arrived, or one over a limit.
  private mutating func readPlain(_ bytes: Span<UInt8>, from offset: inout Int) -> Bool {
    let prefix = Self.plain.span
    guard bytes.count - offset > prefix.count else { return false }
    for place in prefix.indices where bytes[offset + place] != prefix[place] { return false }
    var end = offset + prefix.count
    var value = 0
    while end < bytes.count, end - offset - prefix.count < 18, bytes[end] &- 0x30 < 10 {
      value = value * 10 + Int(bytes[end] - 0x30)
      end += 1
    }
    guard end > offset + prefix.count, end + 4 <= bytes.count,
      bytes[end] == 0x0D, bytes[end + 1] == 0x0A, bytes[end + 2] == 0x0D, bytes[end + 3] == 0x0A,
      end + 4 - offset <= limits.headerLengthMax, limits.headerCountMax >= 1,
      value <= limits.bodyLengthMax
    else { return false }
    bodyLength = value
    offset = end + 4
    return true
  }

  private mutating func endLine() throws(FrameDecoder.Failure) -> Bool {
    lineIsComplete = true
    let end = line.count >= 2 && line[line.count - 2] == 0x0D ? line.count - 2 : line.count - 1
    if end == 0 {
      guard bodyLength != nil else { throw .lengthMissing }
      return true
    }
    guard let colon, colon < end else { throw .fieldMalformed }
    fieldCount += 1
    guard fieldCount <= limits.headerCountMax else {
      throw .tooManyFields(countMax: limits.headerCountMax)
    }
    let name = line[..<colon]
    let value = Self.trimmed(line[(colon + 1)..<end])
    if Self.isSame(name, "content-length") {
      try takeLength(value)
    } else if Self.isSame(name, "content-type") {
      takeType(value)
    }
    return false
  }

  private mutating func takeLength(_ value: ArraySlice<UInt8>) throws(FrameDecoder.Failure) {
    guard !value.isEmpty else { throw .lengthMalformed }
    var length = 0
    for byte in value {
      guard byte >= 0x30, byte <= 0x39 else { throw .lengthMalformed }
      let (tens, tensOverflow) = length.multipliedReportingOverflow(by: 10)
      let (sum, sumOverflow) = tens.addingReportingOverflow(Int(byte - 0x30))
      length = tensOverflow || sumOverflow ? Int.max : sum
      if length > limits.bodyLengthMax { length = Int.max }
    }
    guard length <= limits.bodyLengthMax else {
      throw .bodyTooLong(lengthMax: limits.bodyLengthMax)
    }
    if let known = bodyLength, known != length { throw .lengthsDiffer }
    bodyLength = length
  }

  /// Looks for the `charset` parameter. The media type itself says nothing that a reader could act on.
  private mutating func takeType(_ value: ArraySlice<UInt8>) {
    for parameter in value.split(separator: 0x3B).dropFirst() {
      guard let equals = parameter.firstIndex(of: 0x3D),
        Self.isSame(Self.trimmed(parameter[..<equals]), "charset")
      else { continue }
      var charset = Self.trimmed(parameter[(equals + 1)...])
      if charset.count >= 2, charset.first == 0x22, charset.last == 0x22 {
        charset = charset.dropFirst().dropLast()
      }
      // The specification keeps "utf8" for old clients.
      if !Self.isSame(charset, "utf-8"), !Self.isSame(charset, "utf8") {
        foreignCharset = Excerpt.text(charset)
      }
    }
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var bytes = bytes.drop { $0 == 0x20 || $0 == 0x09 }
    while bytes.last == 0x20 || bytes.last == 0x09 { bytes.removeLast() }
    return bytes
  }

  /// Whether the bytes are `name`, which is in lower case, but for case.
  private static func isSame(_ bytes: ArraySlice<UInt8>, _ name: StaticString) -> Bool {
    let name = name.description.utf8
    return bytes.count == name.count
      && zip(bytes, name).allSatisfy { ($0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0) == $1 }
  }

  /// `tchar` of RFC 9110 section 5.6.2: what the name of a field is made of.
  private static func isTokenByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x5E...0x7A: true
    case 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D, 0x2E, 0x7C, 0x7E: true
    default: false
    }
  }
}
