import Server
import Source
import TestSupport
import Testing
import Wire

/// One byte offset and its positions.
private struct Place: Sendable {
  let offset: Int
  let line: Int
  /// In UTF-8, UTF-16 and UTF-32.
  let characters: [Int]

  init(_ offset: Int, _ line: Int, _ characters: Int...) {
    self.offset = offset
    self.line = line
    self.characters = characters
  }
}

private let encodings: [PositionEncoding] = [.utf8, .utf16, .utf32]

private func check(_ text: SourceText, _ places: [Place], roundTrip: Bool = true) {
  for (index, encoding) in encodings.enumerated() {
    let positions = Positions(text, encoding)
    for place in places {
      let position = WirePosition(line: place.line, character: place.characters[index])
      #expect(
        positions.position(of: place.offset) == position, "offset \(place.offset) in \(encoding)")
      if roundTrip {
        #expect(positions.offset(of: position) == place.offset, "\(position) in \(encoding)")
      }
    }
  }
}

@Test func `characters are counted in the agreed code unit`() {
  // a: 1 byte, é: 2, 日: 3, 🚲: 4 bytes and two UTF-16 units.
  check(
    SourceText("aé日🚲b\nx"),
    [
      Place(0, 0, 0, 0, 0), Place(1, 0, 1, 1, 1), Place(3, 0, 3, 2, 2), Place(6, 0, 6, 3, 3),
      Place(10, 0, 10, 5, 4), Place(11, 0, 11, 6, 5), Place(12, 1, 0, 0, 0), Place(13, 1, 1, 1, 1),
    ])
}

@Test func `a line ends with LF, CR LF or a CR alone`() {
  check(
    SourceText("a\nb\r\nc\rd"),
    [
      Place(0, 0, 0, 0, 0), Place(1, 0, 1, 1, 1), Place(2, 1, 0, 0, 0), Place(3, 1, 1, 1, 1),
      Place(5, 2, 0, 0, 0), Place(6, 2, 1, 1, 1), Place(7, 3, 0, 0, 0), Place(8, 3, 1, 1, 1),
    ])
}

@Test func `an empty text and a text that ends with a break have a last place`() {
  check(SourceText(""), [Place(0, 0, 0, 0, 0)])
  check(SourceText("a\n"), [Place(2, 1, 0, 0, 0)])
}

@Test func `an offset past the end is the end, and inside of a character its start`() {
  check(SourceText("ab"), [Place(99, 0, 2, 2, 2)], roundTrip: false)
  check(SourceText("a🚲"), [Place(3, 0, 3, 1, 1)], roundTrip: false)
}

@Test(arguments: [
  (WirePosition(line: 0, character: 99), 3), (WirePosition(line: 1, character: 99), 7),
  (WirePosition(line: 2, character: 0), 8), (WirePosition(line: 9, character: 0), 8),
  (WirePosition(line: 0, character: Int.max), 3), (WirePosition(line: Int.max, character: 7), 8),
])
func `a position beyond its line is the line's end, and beyond the text the text's`(
  position: WirePosition, offset: Int
) {
  for encoding in encodings {
    #expect(Positions(SourceText("abc\r\nde\n"), encoding).offset(of: position) == offset)
  }
}

@Test func `a position inside of a character is the character's start`() {
  #expect(Positions(SourceText("🚲b"), .utf16).offset(of: WirePosition(line: 0, character: 1)) == 0)
  #expect(Positions(SourceText("éb"), .utf8).offset(of: WirePosition(line: 0, character: 1)) == 0)
}

@Test func `a range whose end is before its start is none`() {
  let positions = Positions(SourceText("abc\ndef"), .utf16)
  let late = WirePosition(line: 1, character: 0)
  let early = WirePosition(line: 0, character: 1)
  #expect(positions.bytes(WireRange(start: late, end: early)) == nil)
  #expect(positions.bytes(WireRange(start: early, end: late)) == ByteRange(1, 4))
  #expect(positions.bytes(WireRange(start: early, end: early)) == ByteRange(1, 1))
}

@Test func `every boundary of random texts is found again in every encoding`() {
  let seed: UInt64 = 17
  var random = SplitMix64(seed: seed)
  // A CR is followed by a letter: before LF it would be half of a break.
  let pieces = ["a", "é", "日", "🚲", "\n", "\r\n", "\ra", "\u{FEFF}", " "]
  for round in 0..<200 {
    let parts = (0..<Int.random(in: 0..<12, using: &random)).map { _ in
      pieces[Int.random(in: 0..<pieces.count, using: &random)]
    }
    let text = SourceText(parts.joined())
    for encoding in encodings {
      let positions = Positions(text, encoding)
      var offset = 0
      for part in parts {
        let position = positions.position(of: offset)
        #expect(positions.offset(of: position) == offset, "seed \(seed), round \(round): \(parts)")
        offset += part.utf8.count
      }
    }
  }
}

@Test func `bytes that are no UTF-8 count one each`() {
  let text = SourceText([0x61, 0xFF, 0x80, 0x62])
  for encoding in encodings {
    #expect(Positions(text, encoding).position(of: 3) == WirePosition(line: 0, character: 3))
  }
}

@Test func `a position in a long line is the same as in a short one`() {
  // 5,000 characters of 1 to 4 bytes, then a short line.
  let line = String(repeating: "aé日🚲", count: 1_250)
  let text = SourceText(line + "\nb\n" + line)
  var offset = 0
  var units = 0
  var codePoints = 0
  var places: [Place] = []
  for scalar in line.unicodeScalars {
    places.append(Place(offset, 0, offset, units, codePoints))
    places.append(Place(offset + line.utf8.count + 3, 2, offset, units, codePoints))
    offset += UTF8.width(scalar)
    units += UTF16.width(scalar)
    codePoints += 1
  }
  check(text, places.enumerated().filter { $0.offset % 97 < 4 }.map(\.element))
}

@Test func `positions in one line of a million bytes are found at once`() {
  let text = SourceText(String(repeating: "x", count: 1_000_000))
  let positions = Positions(text, .utf16)
  for offset in stride(from: 0, to: 1_000_000, by: 50) {
    #expect(positions.position(of: offset).character == offset)
  }
}
