import FlowModel
import Source
import Templates
import TestSupport
import Testing

/// Tests and codes that are written beside this checklist and not here yet.
private let awaited: Set<UpstreamLine.Evidence> = [
  .rule("sink-forbidden-field"), .rule("profile-weights-length"), .rule("parallelism-range"),
  .rule("self-shift-initial"), .rule("arrival-class-unknown"), .rule("expr-cycle"),
  "an expression of the language has no problems", "the usual spelling has the same tree",
  "one mistake is one problem at the smallest text that must change",
  "a shift of the node itself is found at any depth",
]

@Test func `every line of the checklist is marked, and none is missing`() {
  var numbers: [String: Set<Int>] = [:]
  for line in UpstreamLine.all {
    numbers[line.group, default: []].insert(line.number)
    #expect(!line.what.isEmpty)
    switch line.mark {
    case .same(let evidence): #expect(!evidence.isEmpty, "\(line.what)")
    case .better(let why, let evidence): #expect(!why.isEmpty && !evidence.isEmpty, "\(line.what)")
    case .notApplicable(let why): #expect(!why.isEmpty, "\(line.what)")
    }
  }
  #expect(Set(numbers.keys) == Set(UpstreamLine.counts.keys))
  for (group, count) in UpstreamLine.counts {
    #expect(numbers[group] == Set(1...count), "\(group)")
  }
}

@Test func `every test and every rule that the checklist names exists`() throws {
  var known: Set<UpstreamLine.Evidence> = []
  for path in PackageFolder.files(in: "Tests", endingIn: ".swift") {
    for match in try PackageFolder.text(path).matches(of: /func\s+`([^`]+)`/) {
      known.insert(.test(String(match.1)))
    }
  }
  for rule in RuleCase.modelRules + RuleCase.templateRules { known.insert(.rule(rule.code)) }
  for line in UpstreamLine.all {
    let evidence: [UpstreamLine.Evidence] =
      switch line.mark {
      case .same(let evidence), .better(_, let evidence): evidence
      case .notApplicable: []
      }
    for item in evidence where !awaited.contains(item) {
      #expect(known.contains(item), "\(line.what): \(item)")
    }
  }
  // What has arrived is no longer awaited.
  #expect(awaited.intersection(known) == [])
}
