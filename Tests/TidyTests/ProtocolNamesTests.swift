import JSON
import TestSupport
import Testing

/// What a program says: its OpenRPC document, its conversations, and the pages that speak of its methods.
private struct Program: Sendable {
  let document: String
  let transcripts: String
  let pages: [String]
  /// Where its own methods are, in Sources/Wire; those of every server are beside them.
  let folders: [String]
  /// How many of its own methods take params.
  let methodWithParamsCount: Int

  static let sim = Program(
    document: "protocol/openrpc.json", transcripts: "protocol/transcripts",
    pages: ["docs/guides/integrator.md", "docs/guides/editor.md"],
    folders: ["Methods", "Notifications", "LanguageServer"], methodWithParamsCount: 12)
  static let engine = Program(
    document: "protocol/engine.openrpc.json", transcripts: "protocol/engine-transcripts",
    pages: ["docs/reference/engine-rpc.md"], folders: ["Engine"], methodWithParamsCount: 18)

  /// Methods of every server, which Sim's folders have too.
  private static let shared = [
    "Methods/StatusMethod.swift", "Methods/EchoMethod.swift", "Methods/DiscoverMethod.swift",
    "LanguageServer/InitializeMethod.swift", "LanguageServer/LifecycleMethods.swift",
    "LanguageServer/TraceMethods.swift",
  ]

  var files: [String] {
    let own = folders.flatMap { PackageFolder.files(in: "Sources/Wire/" + $0, endingIn: ".swift") }
    return Array(Set(own + Program.shared.map { "Sources/Wire/" + $0 }))
  }

  /// Names of requests and notifications in Sources/Wire.
  func names() throws -> Set<String> {
    var names: Set<String> = []
    for path in files {
      let text = try PackageFolder.text(path)
      for match in text.matches(of: /static let (name|initialized|exit) = "([^"]+)"/) {
        names.insert(String(match.2))
      }
    }
    return names
  }

  func described() throws -> JSONObject {
    try #require(
      try JSONDocument.parse(Array(try PackageFolder.text(document).utf8)).root.objectValue)
  }
}

@Test(arguments: [Program.sim, .engine])
private func `Wire, the OpenRPC document and the transcripts know the same methods`(
  program: Program
) throws {
  let wire = try program.names()
  let described = try program.described()["methods"]?.arrayValue?.compactMap {
    $0.objectValue?["name"]?.stringValue
  }
  #expect(Set(described ?? []) == wire)
  let spoken = try PackageFolder.files(in: program.transcripts, endingIn: ".transcript")
    .map { try PackageFolder.text($0) }.joined()
  let heard = Set(spoken.matches(of: /"method": ?"([^"]+)"/).map { String($0.1) })
  #expect(wire.subtracting(heard) == [])
}

@Test(arguments: [Program.sim, .engine])
private func `Wire and the OpenRPC document know the same members of params`(
  program: Program
) throws {
  let document = try program.described()
  let shared = document["components"]?.objectValue?["contentDescriptors"]?.objectValue
  var described: [String: [String]] = [:]
  for method in document["methods"]?.arrayValue ?? [] {
    guard let method = method.objectValue, let name = method["name"]?.stringValue else { continue }
    described[name] = (method["params"]?.arrayValue ?? []).compactMap { param in
      let reference = param.objectValue?["$ref"]?.stringValue?.split(separator: "/").last
      let descriptor = reference.map { shared?[String($0)]?.objectValue } ?? param.objectValue
      return descriptor?["name"]?.stringValue
    }
  }
  var count = 0
  for path in program.files where path.contains("/Methods/") || path.contains("/Engine/") {
    let text = try PackageFolder.text(path)
    // What several methods have in common is no method.
    guard text.contains(": Method {") || path.contains("/Methods/") else { continue }
    let name = try #require(text.firstMatch(of: /static let name = "([^"]+)"/)?.1, "\(path)")
    let list = text.firstMatch(of: /static let members = \[([^\]]*)\]/)?.1 ?? ""
    let members = list.matches(of: /"([^"]+)"/).map { String($0.1) }
    #expect(Set(members) == Set(try #require(described[String(name)])), "\(name)")
    count += members.isEmpty ? 0 : 1
  }
  #expect(count == program.methodWithParamsCount)
}

@Test(arguments: [Program.sim, .engine])
private func `the guides speak of every method`(program: Program) throws {
  let pages = try program.pages.map { try PackageFolder.text($0) }
  for name in try program.names() {
    #expect(pages.contains { $0.contains("`\(name)`") }, "\(name)")
  }
}
