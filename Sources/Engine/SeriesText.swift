/// Numbers and series as text.
enum SeriesText {
  /// The bytes of a CSV file: a header, and a line for each bin.
  static func csv(_ values: ArraySlice<Double>) -> [UInt8] {
    var bytes = Array("bin_index,value\n".utf8)
    bytes.reserveCapacity(bytes.count + values.count * 12)
    for (bin, value) in values.enumerated() {
      append(bin, to: &bytes)
      bytes.append(0x2C)
      append(value, to: &bytes)
      bytes.append(0x0A)
    }
    return bytes
  }

  private static func append(_ number: Int, to bytes: inout [UInt8]) {
    guard number < 0 || number > 9 else { return bytes.append(0x30 + UInt8(number)) }
    bytes += String(number).utf8
  }

  /// The shortest decimal that reads back as the same double, never with an exponent.
  static func append(_ value: Double, to bytes: inout [UInt8]) {
    guard value.isFinite else {
      bytes += (value.isNaN ? "NaN" : value < 0 ? "-inf" : "inf").utf8
      return
    }
    if value.sign == .minus { bytes.append(0x2D) }
    let magnitude = value.magnitude
    if magnitude < 9_007_199_254_740_992, magnitude == magnitude.rounded(.down) {
      return append(Int(magnitude), to: &bytes)
    }
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
      return
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
  }
}
