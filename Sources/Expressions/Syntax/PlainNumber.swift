/// Numbers as the language writes them: digits, and a point between digits.
enum PlainNumber {
  /// Largest exponent that is written out.
  private static let exponentMax = 400

  /// The value of digits with at most one point; infinite where a double cannot hold it.
  static func value(of digits: some StringProtocol) -> Double {
    var whole: UInt64 = 0
    var fractionCount = 0
    var digitCount = 0
    var isFraction = false
    for byte in digits.utf8 {
      if byte == UInt8(ascii: ".") {
        isFraction = true
      } else {
        digitCount += 1
        if isFraction { fractionCount += 1 }
        // Up to 15 digits are exact in a double, and so is their power of ten: one division rounds correctly.
        if digitCount <= 15 { whole = whole * 10 + UInt64(byte & 0x0F) }
      }
    }
    guard digitCount <= 15 else { return Double(digits) ?? .infinity }
    var power = 1.0
    for _ in 0..<fractionCount { power *= 10 }
    return Double(whole) / power
  }

  /// `.5` as `0.5`, `5.` as `5`, `1e-3` as `0.001`, `1_000` as `1000`.
  ///
  /// - Returns: nil where it is not certain what is meant.
  static func text(for foreign: some Collection<UInt8>) -> String? {
    var digits: [UInt8] = []
    var pointAt: Int?
    var exponent = 0
    var rest = Array(foreign)[...]
    scanning: while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "_"): continue
      case UInt8(ascii: "."):
        if pointAt != nil { return nil }
        pointAt = digits.count
      case UInt8(ascii: "e"), UInt8(ascii: "E"):
        guard let value = Int(String(decoding: rest, as: UTF8.self)), abs(value) <= exponentMax
        else {
          return nil
        }
        exponent = value
        break scanning
      default: digits.append(byte)
      }
    }
    if digits.isEmpty { return nil }
    let place = (pointAt ?? digits.count) + exponent
    var whole = place > 0 ? Array(digits.prefix(place)) : []
    whole += [UInt8](repeating: 0x30, count: max(0, place - digits.count))
    var fraction = [UInt8](repeating: 0x30, count: max(0, -place))
    fraction += place > 0 ? Array(digits.dropFirst(place)) : digits
    while fraction.last == 0x30, exponent != 0 { fraction.removeLast() }
    while whole.count > 1, whole.first == 0x30 { whole.removeFirst() }
    if whole.isEmpty { whole = [0x30] }
    return String(decoding: whole, as: UTF8.self)
      + (fraction.isEmpty ? "" : "." + String(decoding: fraction, as: UTF8.self))
  }
}
