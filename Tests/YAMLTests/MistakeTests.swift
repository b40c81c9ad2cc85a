import Foundation
import Source
import Testing
import YAML

/// Numbers that follow from a seed (Steele, Lea and Flood, 2014).
private struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// One slip of the keyboard: the text after it and the lines on which it happened.
private struct Mistake {
  var name: String
  var bytes: [UInt8]
  var lines: ClosedRange<Int>
}

private enum Slip: CaseIterable {
  case deleteToken, doubleToken, swapTokens, indent, dedent, dropQuote, dropBracket, insertTab
}

/// A valid text to make mistakes in.
private struct Original {
  let bytes: [UInt8]
  let tokens: [YAMLToken]
  let lines: LineTable

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    tokens = Array(YAMLTree(parsing: SourceText(bytes)).tokens)
    lines = LineTable(bytes)
  }

  func mistake(_ slip: Slip, _ random: inout SplitMix64) -> Mistake? {
    var bytes = bytes
    switch slip {
    case .deleteToken, .doubleToken:
      let solid = tokens.filter {
        $0.kind != .comment && $0.kind != .blank && $0.kind != .lineBreak
      }
      guard let token = solid.randomElement(using: &random) else { return nil }
      let range = token.range.start..<token.range.end
      if slip == .deleteToken {
        bytes.removeSubrange(range)
      } else {
        bytes.insert(contentsOf: self.bytes[range], at: range.upperBound)
      }
      return made(slip, bytes, range)
    case .swapTokens:
      let index = Int.random(in: 0..<max(tokens.count - 1, 1), using: &random)
      guard index + 1 < tokens.count else { return nil }
      let (left, right) = (tokens[index], tokens[index + 1])
      guard left.kind != .comment, right.kind != .comment, left.kind != .lineBreak,
        right.kind != .lineBreak
      else { return nil }
      let range = left.range.start..<right.range.end
      bytes.replaceSubrange(
        range,
        with: Array(self.bytes[right.range.start..<right.range.end])
          + self.bytes[left.range.start..<left.range.end])
      return made(slip, bytes, range)
    case .indent, .dedent:
      let start = lines.starts[Int.random(in: 0..<lines.lineCount, using: &random)]
      guard start < bytes.count, bytes[start] != 0x0A, bytes[start] != UInt8(ascii: "#") else {
        return nil
      }
      let count = Int.random(in: 1...2, using: &random)
      if slip == .indent {
        bytes.insert(contentsOf: repeatElement(0x20, count: count), at: start)
      } else {
        guard bytes[start..<min(start + count, bytes.count)].allSatisfy({ $0 == 0x20 }) else {
          return nil
        }
        bytes.removeSubrange(start..<start + count)
      }
      return made(slip, bytes, start..<start + 1)
    case .dropQuote, .dropBracket:
      let wanted = Array((slip == .dropQuote ? "\"'" : "[]{}").utf8)
      let places = bytes.indices.filter { wanted.contains(bytes[$0]) && isCode($0) }
      guard let place = places.randomElement(using: &random) else { return nil }
      bytes.remove(at: place)
      return made(slip, bytes, place..<place + 1)
    case .insertTab:
      let token = tokens[Int.random(in: 0..<tokens.count, using: &random)]
      guard token.kind != .comment else { return nil }
      bytes.insert(0x09, at: token.range.start)
      return made(slip, bytes, token.range.start..<token.range.start + 1)
    }
  }

  private func isCode(_ offset: Int) -> Bool {
    tokens.contains { $0.kind != .comment && $0.range.start <= offset && offset < $0.range.end }
  }

  private func made(_ slip: Slip, _ bytes: [UInt8], _ range: Range<Int>) -> Mistake {
    Mistake(
      name: "\(slip)", bytes: bytes,
      lines: lines.line(
        at: range.lowerBound)...lines.line(at: max(range.upperBound - 1, range.lowerBound)))
  }
}

/// The shipped templates, with one of our own so that there is always one.
private func originals() -> [Original] {
  let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("templates")
  let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
  let shipped = names.sorted().filter { $0.hasSuffix(".yaml") }.compactMap {
    try? Data(contentsOf: folder.appendingPathComponent($0))
  }
  return ([Data(sampleTemplate.utf8)] + shipped).map { Original(Array($0)) }
}

/// `FLOWTIME_SEED`, or always the same.
private let seed =
  ProcessInfo.processInfo.environment["FLOWTIME_SEED"].flatMap { UInt64($0) } ?? 20_250_329

@Test func `a single mistake is found on its line and complained about once`() throws {
  var random = SplitMix64(state: seed)
  let originals = originals()
  for original in originals {
    #expect(YAMLTree(parsing: SourceText(original.bytes)).diagnostics.isEmpty)
  }
  var made = 0
  var refused = 0
  var placed = 0
  var diagnosed = 0
  var missed: [String: Int] = [:]
  // A slip that leaves valid YAML is no mistake of the text.
  while refused < 1000 {
    guard let slip = Slip.allCases.randomElement(using: &random),
      let original = originals.randomElement(using: &random),
      let mistake = original.mistake(slip, &random)
    else { continue }
    made += 1
    let text = SourceText(mistake.bytes)
    let tree = YAMLTree(parsing: text)
    #expect(
      tree.tokens.reduce(0) { $0 == $1.range.start ? $1.range.end : -1 } == text.count,
      "seed \(seed), mistake \(made)")
    guard let first = tree.diagnostics.first else { continue }
    refused += 1
    diagnosed += tree.diagnostics.count
    let line = LineTable(text).line(at: first.range.start)
    if mistake.lines.contains(line) {
      placed += 1
    } else {
      missed[mistake.name, default: 0] += 1
    }
  }
  let share = Double(placed) / Double(refused)
  let mean = Double(diagnosed) / Double(refused)
  print(
    "\(made) mistakes, \(refused) refused: first diagnostic on the line \(share), diagnostics each \(mean)"
  )
  #expect(share >= 0.97, "seed \(seed), elsewhere: \(missed)")
  #expect(mean <= 1.5, "seed \(seed)")
}

private let sampleTemplate = """
  # A small template with all that templates use.
  schemaVersion: 1
  generator: flowtime-sim
  metadata:
    id: sample-line
    title: "Sample line: two stations"
    description: >
      Two stations in a row,
      with a buffer between them.
    tags: [sample, "two words", 'single']
    version: "1.0"
  parameters:
    - name: bins
      type: integer
      title: Bins   # how many
      default: 12
      min: 1
      max: 10000
    - name: rate
      type: number
      default: 1.5
    - name: profile
      type: array
      fit: repeat
      default: [10, 20, 30, 20]
  grid:
    bins: ${bins}
    binSize: 1
    binUnit: hours
  nodes:
    - id: arrivals
      kind: const
      values: ${profile}
    - id: capacity
      kind: pmf
      pmf:
        values: [80, 100, 120]
        probabilities: [0.25, 0.5, 0.25]
    - id: served
      kind: expr
      expr: "MIN(arrivals * ${rate}, capacity)"
    - {id: lost, kind: expr, expr: "MAX(0, arrivals - served)"}
    # The buffer keeps what the second station could not take.
    - id: buffer
      kind: expr
      expr: 'SHIFT(buffer, 1) + served'
      limits: {low: 0, high: [1, 2, {deep: "x"}]}
  outputs:
    - series: served
      as: served.csv
    - series: "*"
      notes: |
        All series,
          indented once.

  """
