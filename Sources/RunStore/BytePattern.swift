/// Bytes that are looked for in many texts.
///
/// What stands at the end of the pattern's place says how far the pattern can be moved on, which for a word of ordinary
/// length is most of its length. Source: R. N. Horspool, "Practical fast searching in strings", 1980.
struct BytePattern {
  private let bytes: [UInt8]
  /// For each byte, how far from the pattern's end it stands last, the end itself aside.
  private var moves: [Int]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    moves = Array(repeating: max(1, bytes.count), count: 256)
    for (place, byte) in bytes.dropLast().enumerated() {
      moves[Int(byte)] = bytes.count - 1 - place
    }
  }

  /// Whether the pattern stands in a text before `textEnd`.
  ///
  /// Complexity: O(bytes of the text × bytes of the pattern), and for most less than the bytes of the text.
  func isPart(of text: [UInt8], before textEnd: Int) -> Bool {
    guard let last = bytes.last else { return true }
    let (text, bytes, moves) = (text.span, bytes.span, moves.span)
    var end = bytes.count - 1
    while end < textEnd {
      let byte = text[end]
      if byte == last {
        let start = end - (bytes.count - 1)
        var length = 0
        while length < bytes.count - 1, text[start + length] == bytes[length] { length += 1 }
        if length == bytes.count - 1 { return true }
      }
      end += moves[Int(byte)]
    }
    return false
  }
}
