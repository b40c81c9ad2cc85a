import Server
import SimMethods
import TestSupport
import Testing

/// Where bounds are tried at their edges: a row of a table, or a test that says which bound it tries.
private let places = [
  "Tests/ServerTests/LimitEdges/", "Tests/EndToEndTests/LimitEdgeTests.swift",
]

@Test func `every limit is tried one below it, at it and one beyond it`() throws {
  let files = PackageFolder.files(in: "Tests", endingIn: ".swift").filter { file in
    places.contains { file.hasPrefix($0) }
  }
  let tried = try files.flatMap { file in
    try PackageFolder.text(file).matches(of: /Edge\(\s*"([a-zA-Z]+)"|\/\/\/ `([a-zA-Z]+Max)`:/)
      .compactMap { ($0.1 ?? $0.2).map(String.init) }
  }
  #expect(tried.sorted() == SimLimits().named.map(\.name).sorted())
}
