import Foundation
import JSON
import Source
import Testing

/// Any bytes: what is read, written and read again is the same value, in every style, and writing it is a fixpoint.
///
/// Total: it must return for every input.
func fuzzJSON(_ bytes: Span<UInt8>) {
  var limits = JSONLimits()
  limits.textLengthMax = 1 << 20
  guard let document = try? JSONDocument.parse(bytes, limits: limits) else { return }
  for name in document.duplicateNames {
    let isQuoted = bytes[name.start] == 0x22 && bytes[name.end - 1] == 0x22
    #expect(isQuoted)
  }
  for style in [JSONStyle.compact, .pretty, .ascii] {
    let written = document.root.serialized(style)
    let again = try? JSONDocument.parse(written)
    #expect(again?.root == document.root)
    #expect(again?.duplicateNames.isEmpty == true)
    #expect(again?.root.serialized(style) == written)
    if style == .ascii { #expect(written.allSatisfy { $0 >= 0x20 && $0 <= 0x7E }) }
  }
  guard let canonical = try? CanonicalJSON.bytes(of: document.root) else { return }
  let again = try? JSONDocument.parse(canonical).root
  #expect(again.flatMap { try? CanonicalJSON.bytes(of: $0) } == canonical)
}

@Test func `any JSON text is written and read again without loss`() throws {
  var texts: [[UInt8]] = []
  for folder in ["json/test_parsing", "json/test_transform", "jcs/input", "jcs/output"] {
    for name in try ConformanceData.names(in: folder) {
      texts.append(try ConformanceData.bytes(folder + "/" + name))
    }
  }
  for line in try ConformanceData.values("jsonrpc/edge-cases.jsonl") {
    texts.append(Array((line["send"]?.stringValue ?? "").utf8))
  }
  Fuzz.run(over: texts, fuzzJSON)
}

/// Runs a fuzz entry over inputs, over each of them with a token dropped or doubled, and for as long as
/// `FLOWTIME_FUZZ_SECONDS` says over random changes.
enum Fuzz {
  /// A longer input is only run as it is.
  private static let changedLengthMax = 4_096
  /// Of an input with more tokens, only some, evenly apart, are dropped and doubled.
  private static let tokenCountMax = 24

  static func run(over inputs: [[UInt8]], _ entry: (Span<UInt8>) -> Void) {
    for input in inputs {
      entry(input.span)
      guard input.count <= changedLengthMax else { continue }
      let tokens = tokens(of: input)
      let step = (tokens.count + tokenCountMax) / tokenCountMax
      for place in stride(from: 0, to: tokens.count, by: step) {
        let token = tokens[place]
        entry(Array(input[..<token.lowerBound] + input[token.upperBound...]).span)
        entry(Array(input[..<token.upperBound] + input[token.lowerBound...]).span)
      }
    }
    runRandomly(over: inputs, entry)
  }

  private static func runRandomly(over inputs: [[UInt8]], _ entry: (Span<UInt8>) -> Void) {
    let environment = ProcessInfo.processInfo.environment
    guard let seconds = environment["FLOWTIME_FUZZ_SECONDS"].flatMap(Double.init) else { return }
    let seed = environment["FLOWTIME_FUZZ_SEED"].flatMap { UInt64($0) } ?? 1
    print("fuzzing with FLOWTIME_FUZZ_SEED=\(seed)")
    var random = SplitMix64(state: seed)
    let end = ContinuousClock.now + .seconds(seconds)
    while ContinuousClock.now < end, let input = inputs.randomElement(using: &random) {
      entry(changed(input, &random).span)
    }
  }

  private static func changed(_ input: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
    var bytes = Array(input.prefix(changedLengthMax))
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let place = Int.random(in: 0...bytes.count, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
      case 1:
        bytes.insert(
          Array("[]{}\",:0-.eE\\ur\n ".utf8).randomElement(using: &random) ?? 0, at: place)
      case 2 where place < bytes.count: bytes.remove(at: place)
      default:
        let end = Int.random(in: place...bytes.count, using: &random)
        bytes.insert(contentsOf: bytes[place..<end], at: place)
      }
    }
    return bytes
  }

  /// Runs of letters and digits, and every other byte for itself.
  private static func tokens(of bytes: [UInt8]) -> [Range<Int>] {
    var tokens: [Range<Int>] = []
    var isInWord = false
    for (place, byte) in bytes.enumerated() {
      let isWord = (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte >= 0x80
      if isWord, isInWord, let last = tokens.popLast() {
        tokens.append(last.lowerBound..<(place + 1))
      } else {
        tokens.append(place..<(place + 1))
      }
      isInWord = isWord
    }
    return tokens
  }
}

/// A small generator with a seed that can be printed: Steele, Lea and Flood, "Fast splittable pseudorandom number
/// generators", 2014.
private struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ bits &>> 30) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ bits &>> 27) &* 0x94D0_49BB_1331_11EB
    return bits ^ bits &>> 31
  }
}
