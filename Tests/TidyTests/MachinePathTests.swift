import TestSupport
import Testing

@Test func `no file names a place on somebody's machine`() throws {
  // In pieces, or this file would be found.
  let places = ["home", "Users", "root", "work"].map { "/" + $0 + "/" }
  let folders = ["Sources", "Tests", "protocol", "docs", "templates", ".ci"]
  let files = folders.flatMap { PackageFolder.files(in: $0) } + ["Package.swift", "README.md"]
  #expect(files.count > 150)
  for file in files {
    guard let text = try? PackageFolder.text(file) else { continue }
    for place in places { #expect(!text.contains(place), "\(file): \(place)") }
  }
}
