import Server
import SimMethods
import TestSupport
import Testing

@Test func `the guide lists every limit with its value`() throws {
  let page = try PackageFolder.text("docs/guides/integrator.md")
  let rows = page.matches(of: /(?m)^\| `([a-zA-Z]+Max)` \| ([0-9,]+) \|/)
  let listed = rows.map { "\($0.1)=\($0.2.filter { $0 != "," })" }
  #expect(listed == SimLimits().named.map { "\($0.name)=\($0.value)" })
}

@Test func `the guide lists every error of ours with its kind`() throws {
  let page = try PackageFolder.text("docs/guides/integrator.md")
  for code in FailureCode.allCases {
    #expect(page.contains("| \(code.rawValue) | `\(code.kind)` |"), "\(code)")
  }
}
