import Source
import Testing

/// Pairs that Swift's `String` holds for equal, or that are, in texts short and long.
private let pairs: [(left: String, right: String, isEqual: Bool)] = [
  ("", "", true),
  ("served", "served", true),
  ("served", "server", false),
  ("a name of more bytes than a string holds by itself", "a name of more bytes", false),
  // A Kelvin sign, and two spellings of one letter.
  ("\u{212A}", "K", false),
  ("\u{E9}", "e\u{301}", false),
  // Marks in another order, in as many bytes.
  ("a\u{323}\u{307}", "a\u{307}\u{323}", false),
  ("a\u{323}\u{307}", "a\u{323}\u{307}", true),
]

@Test(arguments: pairs)
func `strings are equal if their bytes are`(left: String, right: String, isEqual: Bool) {
  let long = String(repeating: "stage_", count: 10)
  for prefix in ["", long] {
    let left = ExactString(prefix + left)
    let right = ExactString(prefix + right)
    #expect((left == right) == isEqual)
    #expect((Set([left, right]).count == 1) == isEqual)
    #expect((left.hashValue == right.hashValue) == isEqual)
  }
}
