import FlowModel
import JSON
import Operations
import Source
import Testing
import YAML

/// Nine levels, each nine times the one below, in 308 bytes: 490,329,064 nodes if every alias were replaced.
private let bomb: String = {
  var text = "a: &a [0,1,2,3,4,5,6,7,lol]\n"
  for (below, name) in zip("abcdefgh", "bcdefghi") {
    let aliases = Array(repeating: "*\(below)", count: 9).joined(separator: ",")
    text += "\(name): &\(name) [\(aliases)]\n"
  }
  return text
}()

/// The first alias with which the document has more than a million nodes: the first in `g`.
private let place = ByteRange(28 + 5 * 35 + 7, 28 + 5 * 35 + 9)

private func check(_ diagnostics: [Diagnostic], after head: String = "") throws {
  #expect(diagnostics.map(\.code) == [.yamlLimit])
  let diagnostic = try #require(diagnostics.first)
  #expect(
    diagnostic.range == ByteRange(place.start + head.utf8.count, place.end + head.utf8.count))
  #expect(diagnostic.message.contains("aliasNodeCountMax (1000000)"))
}

@Test func `an alias bomb is read without being expanded`() throws {
  #expect(bomb.utf8.count == 308)
  let text = SourceText(bomb)
  #expect(text.string(in: place) == "*f")
  let tree = YAMLTree(parsing: text)
  try check(tree.diagnostics)
  // A mapping of nine keys, nine lists and their items, each list and the mapping with a start and an end; the stream
  // and its document too.
  #expect(Array(tree.events).count == 4 + 2 + 9 + 9 * (2 + 9))
}

@Test func `an alias bomb is refused as a template`() throws {
  let template = TemplateChoice.text(SourceText(bomb))
  for parameters in [nil, JSONObject()] {
    let result = try ValidateTemplate.run(template, parameters: parameters, in: Snapshot())
    try check(result.diagnostics)
  }
  do throws(OperationFailure) {
    let issuer = FixedIdentities(at: .epoch)
    _ = try GenerateModel.run(.init(template: template), in: Snapshot(), issuer: issuer)
    Issue.record("a model was made of it")
  } catch {
    guard case .templateInvalid(_, let diagnostics) = error else { throw error }
    try check(diagnostics)
  }
}

@Test func `an alias bomb is refused as a model`() throws {
  let head = "schemaVersion: 1\n"
  let model = SourceText(head + bomb)
  try check(ValidateModel.run(model), after: head)
  do throws(OperationFailure) {
    _ = try EmbedProvenance.run(["model_id": "m", "template_id": "t"], in: model)
    Issue.record("a record was put into it")
  } catch {
    guard case .modelInvalid(_, let diagnostics) = error else { throw error }
    try check(diagnostics, after: head)
  }
}

@Test(arguments: [0, 1, 100, 10_000])
func `whoever expands a bomb stops at the limit`(nodeCountMax: Int) throws {
  // Nothing of ours reads on after the parser has refused a text; this is what would hold if it did.
  let root = try #require(YAMLTree(parsing: SourceText(bomb)).documents.first)
  var reader = DataReader(meaning: CoreMeaning(), nodeCountMax: nodeCountMax)
  var pending = [reader.read(root)]
  var count = 0
  while let node = pending.popLast() {
    count += 1
    pending += node.items + node.entries.map(\.value)
  }
  // Beyond the limit, what is left of the collections that are open then is made, as unknown values.
  #expect(count <= nodeCountMax + 9 * 9)
}
