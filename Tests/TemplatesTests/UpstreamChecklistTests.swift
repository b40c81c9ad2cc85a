import FlowModel
import Source
import Templates
import TestSupport
import Testing

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
  for rule in RuleCase.all { known.insert(.rule(rule.code)) }
  for line in UpstreamLine.all {
    let evidence: [UpstreamLine.Evidence] =
      switch line.mark {
      case .same(let evidence), .better(_, let evidence): evidence
      case .notApplicable: []
      }
    for item in evidence {
      #expect(known.contains(item), "\(line.what): \(item)")
    }
  }
}
