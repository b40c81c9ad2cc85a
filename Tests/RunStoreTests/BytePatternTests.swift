import Testing

@testable import RunStore

/// All texts of these letters up to a length.
private func texts(_ letters: [UInt8], upTo length: Int) -> [[UInt8]] {
  (1...length).reduce([[[]]]) { all, _ in
    all + [(all.last ?? []).flatMap { text in letters.map { text + [$0] } }]
  }.flatMap(\.self)
}

@Test func `a pattern is found wherever it stands, and nowhere else`() {
  let short = texts([0, 0x61, 0xFF], upTo: 3)
  let long = texts([0, 0x61, 0xFF], upTo: 6)
  for pattern in short {
    let search = BytePattern(pattern)
    for text in long {
      let end = text.count - min(text.count, 1)
      let stands = (0...max(0, end)).contains {
        $0 + pattern.count <= end && text[$0..<($0 + pattern.count)].elementsEqual(pattern)
      }
      if search.isPart(of: text, before: end) != stands {
        Issue.record("\(pattern) in \(text) before \(end)")
      }
    }
  }
}
