/// Numbers and series as text.
enum SeriesText {
  private static let header = Array("bin_index,value\n".utf8)

  /// The bytes of a CSV file: a header, and a line for each bin with the shortest decimal that reads back as the same
  /// double, never with an exponent.
  static func csv(_ values: ArraySlice<Double>) -> [UInt8] {
    var bytes: [UInt8] = []
    let values = values.span
    bytes.append(addingCapacity: lengthMax(values)) { room in
      for byte in header { room.append(byte) }
      var bin = NumberText()
      var text = NumberText()
      var isShort = false
      for place in values.indices {
        bin.set(UInt64(place))
        bin.append(to: &room)
        room.append(0x2C)
        let value = values[place]
        // Many series change seldom.
        if place == 0 || value.bitPattern != values[place - 1].bitPattern {
          isShort = text.set(value)
        }
        if isShort {
          text.append(to: &room)
        } else {
          for byte in long(value) { room.append(byte) }
        }
        room.append(0x0A)
      }
    }
    return bytes
  }

  /// So many bytes are enough.
  private static func lengthMax(_ values: Span<Double>) -> Int {
    var length = header.count
    for place in values.indices {
      length += NumberText.isShort(values[place]) ? 2 * NumberText.lengthMax : longLengthMax
    }
    return length
  }

  /// A bin, a comma, `-0.`, 323 zeros, 17 digits and the end of the line.
  private static let longLengthMax = 384

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
