import JSON
import TestSupport
import Testing

/// Names of requests and notifications in Sources/Wire.
private func namesInWire() throws -> Set<String> {
  var names: Set<String> = []
  for path in PackageFolder.files(in: "Sources/Wire", endingIn: ".swift") {
    let text = try PackageFolder.text(path)
    for match in text.matches(
      of: /static let (name|initialized|exit|setTrace|cancelRequest) = "([^"]+)"/)
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

@Test func `the guides speak of every method`() throws {
  let integrator = try PackageFolder.text("docs/guides/integrator.md")
  let editor = try PackageFolder.text("docs/guides/editor.md")
  for name in try namesInWire() {
    #expect(integrator.contains("`\(name)`") || editor.contains("`\(name)`"), "\(name)")
  }
}
