import Foundation
import TestSupport
import Testing

@Test func `every line of the contract is there, in its order`() {
  var found: [(String, Int)] = []
  for line in ContractLine.all where found.last.map({ $0 != (line.group, line.number) }) ?? true {
    found.append((line.group, line.number))
  }
  let expected = ContractLine.counts.flatMap { group, count in (1...count).map { (group, $0) } }
  #expect(found.map { "\($0.0) \($0.1)" } == expected.map { "\($0.0) \($0.1)" })
  for line in ContractLine.all {
    if case .same = line.verdict { continue }
    #expect(!line.verdict.why.isEmpty, "\(line.what)")
  }
}

@Test(arguments: ContractLine.all.indices)
func `a line of the contract holds`(place: Int) throws {
  let line = ContractLine.all[place]
  if case .notApplicable = line.verdict { return }
  do { try line.check(Exchange()) } catch {
    Issue.record("\(line.group) \(line.number), \(line.what): \(error)")
  }
}

/// With `FLOWTIME_UPDATE_GOLDEN=1` the table is written anew, and the test still fails.
@Test func `the page of the contract has these lines`() throws {
  let path = "docs/reference/engine-contract.md"
  var rows: [String] = []
  for line in ContractLine.all {
    rows.append(
      "| \(line.group) \(line.number) | \(line.what) | \(line.verdict.word) | \(line.verdict.why) |"
    )
  }
  let page = try PackageFolder.text(path)
  let present = page.split(separator: "\n").filter { $0.hasPrefix("| ") }.dropFirst().map(
    String.init)
  if ProcessInfo.processInfo.environment["FLOWTIME_UPDATE_GOLDEN"] == "1" {
    let head = page.split(separator: "\n", omittingEmptySubsequences: false)
      .prefix { !$0.hasPrefix("| ") }
    let text =
      head.joined(separator: "\n")
      + "\n| line | what is asserted | here | why |\n|---|---|---|---|\n"
      + rows.joined(separator: "\n") + "\n"
    try text.write(
      to: PackageFolder.root.appending(path: path), atomically: true, encoding: .utf8)
  }
  #expect(present == rows)
}
