/// Numbers and series as text.
enum SeriesText {
  private static let header = Array("bin_index,value\n".utf8)

  /// The bytes of a CSV file: a header, and a line for each bin with the shortest decimal that reads back as the same
  /// double, never with an exponent.
  static func csv(_ values: ArraySlice<Double>) -> [UInt8] {
    let values = values.span
    var bytes = [UInt8](repeating: 0x30, count: lengthMax(values))
    var room = bytes.mutableSpan
    var end = 0
    for byte in header { put(byte, &room, &end) }
    var known = 0..<0
    for place in values.indices {
      NumberText.put(UInt64(place), &room, &end)
      put(0x2C, &room, &end)
      let start = end
      if place > 0, values[place].bitPattern == values[place - 1].bitPattern {
        // Many series change seldom.
        for offset in known { put(room[offset], &room, &end) }
      } else if !NumberText.put(values[place], &room, &end) {
        for byte in long(values[place]) { put(byte, &room, &end) }
      }
      known = start..<end
      put(0x0A, &room, &end)
    }
    // Without the room that was not needed.
    return Array(bytes[..<end])
  }

  private static func put(_ byte: UInt8, _ room: inout MutableSpan<UInt8>, _ end: inout Int) {
    room[end] = byte
    end &+= 1
  }

  /// So many bytes are enough.
  private static func lengthMax(_ values: Span<Double>) -> Int {
    // A bin, a comma and the end of the line.
    let rest = NumberText.digitCount(UInt64(values.count)) + 2
    var length = header.count
    for place in values.indices {
      length += rest + (NumberText.isShort(values[place]) ? NumberText.lengthMax : longLengthMax)
    }
    return length
  }

  /// `-0.`, 323 zeros and 17 digits are the most.
  private static let longLengthMax = 343

  /// What is no number, too large or too small for ``NumberText``.
  private static func long(_ value: Double) -> [UInt8] {
    guard value.isFinite else {
      return Array((value.isNaN ? "NaN" : value < 0 ? "-inf" : "inf").utf8)
    }
    let magnitude = value.magnitude
    var bytes: [UInt8] = value.sign == .minus ? [0x2D] : []
    var digits: [UInt8] = []
    var pointAt: Int?
    var exponent = 0
    var rest = magnitude.description.utf8[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: ".") {
        pointAt = digits.count
      } else if byte == UInt8(ascii: "e") {
        exponent = Int(String(Substring(rest))) ?? 0
        break
      } else {
        digits.append(byte)
      }
    }
    let place = (pointAt ?? digits.count) + exponent
    while digits.count > 1, digits.last == 0x30 { digits.removeLast() }
    if place <= 0 {
      bytes += [0x30, 0x2E]
      bytes += repeatElement(0x30, count: -place)
      bytes += digits
      return bytes
    }
    // Digits before the first that counts: `0.25` has one before its point.
    var whole = digits.prefix(place)
    while whole.count > 1, whole.first == 0x30 { whole.removeFirst() }
    bytes += whole
    if place >= digits.count {
      bytes += repeatElement(0x30, count: place - digits.count)
    } else {
      bytes.append(0x2E)
      bytes += digits[place...]
    }
    return bytes
  }
}
