import Foundation
import JSON
import Source
import Templates
import TestSupport
import Testing

/// `FLOWTIME_SEED`, or always the same.
private let seed =
  ProcessInfo.processInfo.environment["FLOWTIME_SEED"].flatMap { UInt64($0) } ?? 20_260_611

/// What became of the mistakes of one kind.
private struct Tally {
  var count = 0
  var covered = 0
  var named = 0
  var others = 0

  mutating func add(_ mistake: SemanticMistake, _ found: [Diagnostic]) {
    count += 1
    let first = found.first { $0.severity == .error } ?? found.first
    if let first, mistake.isCovered(by: first.range) { covered += 1 }
    if let first, mistake.codes.contains(first.code.rawValue) { named += 1 }
    others += max(found.count - 1, 0)
  }

  static func + (left: Tally, right: Tally) -> Tally {
    Tally(
      count: left.count + right.count, covered: left.covered + right.covered,
      named: left.named + right.named, others: left.others + right.others)
  }

  var coveredShare: Double { Double(covered) / Double(count) }
  var namedShare: Double { Double(named) / Double(count) }
  var othersMean: Double { Double(others) / Double(count) }

  var line: String {
    String(
      format: "%5d made, %5.1f %% at the place, %5.1f %% by its code, %.2f others", count,
      100 * coveredShare, 100 * namedShare, othersMean)
  }
}

private func originals() throws -> [TemplateText] {
  try PackageFolder.files(in: "templates").map { path in
    TemplateText(path, SourceText(try PackageFolder.text(path)))
  }
}

private func findings(_ text: SourceText) -> [Diagnostic] {
  TemplateDocument(text).render([:], for: .inspection).diagnostics
}

@Test
func `a mistake of meaning is found where it is, by its name and alone, and each fix mends it`()
  throws
{
  let originals = try originals()
  try #require(!originals.isEmpty)
  for original in originals { #expect(findings(original.text) == [], "\(original.name)") }
  let wantsStories = ProcessInfo.processInfo.environment["FLOWTIME_STORIES"] != nil
  var random = SplitMix64(seed: seed)
  var tallies: [SemanticMistake.Kind: Tally] = [:]
  var brokenFixes: [String] = []
  var fixCount = 0
  for number in 0..<1_000 {
    let kind = SemanticMistake.Kind.allCases[number % SemanticMistake.Kind.allCases.count]
    var drawn: SemanticMistake?
    while drawn == nil {
      guard let original = originals.randomElement(using: &random) else { return }
      var maker = MistakeMaker(original: original, random: random)
      drawn = maker.make(kind)
      random = maker.random
    }
    guard let mistake = drawn else { continue }
    let found = findings(mistake.text)
    tallies[kind, default: Tally()].add(mistake, found)
    if wantsStories { tell(mistake, found) }
    for diagnostic in found {
      for fix in diagnostic.fixIts {
        fixCount += 1
        if let problem = problem(with: fix, of: diagnostic, among: found, in: mistake.text) {
          brokenFixes.append("\(mistake.template) \(mistake.story): \(problem)")
        }
      }
    }
  }
  let all = tallies.values.reduce(Tally(), +)
  for kind in SemanticMistake.Kind.allCases {
    print(
      kind.rawValue.padding(toLength: 18, withPad: " ", startingAt: 0), tallies[kind]?.line ?? "-")
  }
  print("all".padding(toLength: 18, withPad: " ", startingAt: 0), all.line)
  print("\(fixCount) fixes, \(brokenFixes.count) that do not mend")
  #expect(all.coveredShare >= 0.97, "seed \(seed)")
  #expect(all.namedShare >= 0.95, "seed \(seed)")
  #expect(all.othersMean <= 0.3, "seed \(seed)")
  #expect(brokenFixes == [], "seed \(seed)")
}

@Test
func `a name that is missing never passes, whatever else is wrong`() throws {
  let originals = try originals()
  var random = SplitMix64(seed: seed)
  var count = 0
  while count < 240 {
    let kind = SemanticMistake.Kind.allCases[count % SemanticMistake.Kind.allCases.count]
    guard let original = originals.randomElement(using: &random) else { return }
    var maker = MistakeMaker(original: original, random: random)
    defer { random = maker.random }
    guard let broken = maker.make(.brokenReference) else { continue }
    maker = MistakeMaker(
      original: TemplateText(original.name, broken.text), random: maker.random)
    guard let both = maker.make(kind) else { continue }
    count += 1
    #expect(
      findings(both.text).contains { $0.severity == .error },
      "seed \(seed), \(original.name): \(broken.story), then \(both.story)")
  }
}

private func tell(_ mistake: SemanticMistake, _ found: [Diagnostic]) {
  let first = found.first { $0.severity == .error } ?? found.first
  let isCovered = first.map { mistake.isCovered(by: $0.range) } ?? false
  let isNamed = first.map { mistake.codes.contains($0.code.rawValue) } ?? false
  guard !isCovered || !isNamed || found.count > 1 else { return }
  let flags = (isCovered ? "" : " PLACE") + (isNamed ? "" : " CODE")
  print(
    "STORY \(mistake.kind)\(flags) [\(mistake.template)] \(mistake.story) wants \(mistake.codes)")
  for finding in found.prefix(6) {
    print("    \(finding.code.rawValue) \(finding.path) \(finding.message.prefix(110))")
  }
  if found.count > 6 { print("    and \(found.count - 6) more") }
}

/// Applies one fix and validates again.
///
/// - Returns: nil where its finding is gone and no other has come.
private func problem(
  with fix: FixIt, of diagnostic: Diagnostic, among found: [Diagnostic], in text: SourceText
) -> String? {
  guard let mended = text.applying(fix.edits) else { return "'\(fix.title)' cannot be applied" }
  let left = findings(mended)
  func place(of range: ByteRange) -> Int {
    fix.edits.filter { $0.range.end <= range.start && $0.range != range }.reduce(range.start) {
      $0 + $1.text.utf8.count - $1.range.count
    }
  }
  let own = place(of: diagnostic.range)
  if left.contains(where: { $0.code == diagnostic.code && $0.range.start == own }) {
    return "'\(fix.title)' leaves \(diagnostic.code.rawValue)"
  }
  var known = found.map { ($0.code, place(of: $0.range)) }
  for finding in left {
    guard
      let index = known.firstIndex(where: { $0.0 == finding.code && $0.1 == finding.range.start })
    else { return "'\(fix.title)' brings \(finding.code.rawValue): \(finding.message)" }
    known.remove(at: index)
  }
  return nil
}
