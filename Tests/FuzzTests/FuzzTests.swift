import FuzzEntries
import TestSupport
import Testing

@Test(arguments: FuzzEntry.allCases)
func `what holds for every input holds for all seeds and for mistakes in them`(entry: FuzzEntry)
  throws
{
  let seeds = try FuzzSeeds.inputs(for: entry.rawValue)
  try #require(!seeds.isEmpty)
  var run = FuzzRun(entry)
  for seed in seeds { run.overMistakes(in: seed) }
  run.atRandom(from: seeds)
}

@Test func `an invariant that does not hold fails the test`() {
  withKnownIssue {
    let report: @Sendable (String) -> Void = { Issue.record("\($0)") }
    Invariant.$report.withValue(report) { Invariant.report("never") }
  }
}
