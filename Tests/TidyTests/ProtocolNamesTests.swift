import JSON
import TestSupport
import Testing

/// Names of requests and notifications in Sources/Wire.
private func namesInWire() throws -> Set<String> {
  var names: Set<String> = []
  for path in PackageFolder.files(in: "Sources/Wire", endingIn: ".swift") {
    let text = try PackageFolder.text(path)
    for match in text.matches(
      of: /static let (name|initialized|exit) = "([^"]+)"/)
    {
      names.insert(String(match.2))
    }
  }
  return names
}

@Test func `Wire, the OpenRPC document and the transcripts know the same methods`() throws {
  let wire = try namesInWire()
  let document = try JSONDocument.parse(
    Array(try PackageFolder.text("protocol/openrpc.json").utf8))
  let described = document.root.objectValue?["methods"]?.arrayValue?.compactMap {
    $0.objectValue?["name"]?.stringValue
  }
  #expect(Set(described ?? []) == wire)
  let spoken = try PackageFolder.files(in: "protocol/transcripts", endingIn: ".transcript")
    .map { try PackageFolder.text($0) }.joined()
  let heard = Set(spoken.matches(of: /"method": ?"([^"]+)"/).map { String($0.1) })
  #expect(wire.subtracting(heard) == [])
}

@Test func `Wire and the OpenRPC document know the same members of params`() throws {
  let document = try JSONDocument.parse(
    Array(try PackageFolder.text("protocol/openrpc.json").utf8)
  ).root.objectValue
  let shared = document?["components"]?.objectValue?["contentDescriptors"]?.objectValue
  var described: [String: [String]] = [:]
  for method in document?["methods"]?.arrayValue ?? [] {
    guard let method = method.objectValue, let name = method["name"]?.stringValue else { continue }
    described[name] = (method["params"]?.arrayValue ?? []).compactMap { param in
      let reference = param.objectValue?["$ref"]?.stringValue?.split(separator: "/").last
      let descriptor = reference.map { shared?[String($0)]?.objectValue } ?? param.objectValue
      return descriptor?["name"]?.stringValue
    }
  }
  var count = 0
  for path in PackageFolder.files(in: "Sources/Wire/Methods", endingIn: ".swift") {
    let text = try PackageFolder.text(path)
    let name = try #require(text.firstMatch(of: /static let name = "([^"]+)"/)?.1, "\(path)")
    let list = text.firstMatch(of: /static let members = \[([^\]]*)\]/)?.1 ?? ""
    let members = list.matches(of: /"([^"]+)"/).map { String($0.1) }
    #expect(Set(members) == Set(try #require(described[String(name)])), "\(name)")
    count += members.isEmpty ? 0 : 1
  }
  #expect(count == 12)
}

@Test func `the guides speak of every method`() throws {
  let integrator = try PackageFolder.text("docs/guides/integrator.md")
  let editor = try PackageFolder.text("docs/guides/editor.md")
  for name in try namesInWire() {
    #expect(integrator.contains("`\(name)`") || editor.contains("`\(name)`"), "\(name)")
  }
}
