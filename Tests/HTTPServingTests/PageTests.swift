import HTTPServing
import TestSupport
import Testing

@Test func `the page of HTTP has every bound of serving`() throws {
  let page = try PackageFolder.text("docs/reference/http.md")
  for name in Mirror(reflecting: ServingLimits()).children.compactMap(\.label) {
    #expect(page.contains("| `\(name)` |"), "\(name)")
  }
}
