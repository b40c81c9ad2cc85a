import Foundation
import FuzzEntries
import TestSupport
import Testing

/// Runs a fuzz entry over inputs, over each of them with a token dropped or doubled, and for as long as
/// `FLOWTIME_FUZZ_SECONDS` says over random changes.
struct FuzzRun {
  private let entry: FuzzEntry
  private var random: SplitMix64
  private let seed: UInt64

  /// A longer input is only run as it is.
  private static let changedLengthMax = 8_192
  /// Of an input with more tokens, only some, evenly apart, are dropped and doubled.
  private static let tokenCountMax = 8

  init(_ entry: FuzzEntry) {
    self.entry = entry
    let environment = ProcessInfo.processInfo.environment
    seed = environment["FLOWTIME_FUZZ_SEED"].flatMap { UInt64($0) } ?? 1
    random = SplitMix64(seed: seed)
  }

  /// The input as it is, and with single tokens dropped and doubled.
  mutating func overMistakes(in input: [UInt8]) {
    check(input)
    guard input.count <= Self.changedLengthMax else { return }
    let tokens = Self.tokens(of: input)
    let step = (tokens.count + Self.tokenCountMax) / Self.tokenCountMax
    for place in stride(from: 0, to: tokens.count, by: step) {
      let token = tokens[place]
      check(Array(input[..<token.lowerBound] + input[token.upperBound...]))
      check(Array(input[..<token.upperBound] + input[token.lowerBound...]))
    }
  }

  mutating func atRandom(from inputs: [[UInt8]]) {
    let environment = ProcessInfo.processInfo.environment
    guard let seconds = environment["FLOWTIME_FUZZ_SECONDS"].flatMap(Double.init) else { return }
    print("fuzzing \(entry) with FLOWTIME_FUZZ_SEED=\(seed)")
    let end = ContinuousClock.now + .seconds(seconds)
    while ContinuousClock.now < end, let input = inputs.randomElement(using: &random) {
      check(changed(input))
    }
  }

  private func check(_ input: [UInt8]) {
    let report: @Sendable (String) -> Void = { sentence in
      Issue.record(
        "\(sentence)\nFLOWTIME_FUZZ_SEED=\(seed), input in base 64: \(Data(input).base64EncodedString())"
      )
    }
    Invariant.$report.withValue(report) { entry.run(input.span) }
  }

  private mutating func changed(_ input: [UInt8]) -> [UInt8] {
    var bytes = Array(input.prefix(Self.changedLengthMax))
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let place = Int.random(in: 0...bytes.count, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
      case 1: bytes.insert(Self.marks.randomElement(using: &random) ?? 0, at: place)
      case 2 where place < bytes.count: bytes.remove(at: place)
      default:
        let end = min(bytes.count, place + Int.random(in: 0...64, using: &random))
        bytes.insert(contentsOf: bytes[place..<end], at: place)
      }
    }
    return bytes
  }

  /// What JSON, YAML, references and frames are made of.
  private static let marks = Array("[]{}\",:0-.eE\\ur\n\r\t '|>&*!#?%$~".utf8) + [0]

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
