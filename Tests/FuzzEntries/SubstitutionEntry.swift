import FlowModel
import JSON
import Operations
import Source
import Templates

/// A template and values: generation never traps, a value stays a value, and the record goes in and comes out.
///
/// The bytes: a template, then for each of its parameters in declared order a NUL and a value. A value that is JSON is
/// that, any other is a string; parameters beyond the last have their defaults.
func fuzzSubstitution(_ bytes: Span<UInt8>) {
  let parts = bytes.prefixArray(32_768).split(separator: 0, omittingEmptySubsequences: false)
  let text = SourceText(Array(parts.first ?? []))
  let template = TemplateDocument(text)
  var given: [JSONMember] = []
  for (definition, part) in zip(template.definitions, parts.dropFirst()) {
    let value = (try? JSONDocument.parse(Array(part)))?.root
    given.append(
      JSONMember(
        definition.name.text, value ?? .string(String(decoding: part, as: UTF8.self))))
  }
  let values = JSONObject(given)
  DiagnosticInvariants.demand(
    template.render(JSONObject(), for: .inspection).diagnostics, in: text)
  let rendering = template.render(values, for: .generation)
  DiagnosticInvariants.demand(rendering.diagnostics, in: text)
  demandSameShape(template, values)
  if rendering.isValid, let model = rendering.model { demandReadsBack(model) }
  demandGeneration(text, values, rendering)
  demandEmbeddingCanBeUndone(text)
}

/// No text that a caller gives can add a key or an item to what the template says, or take one away.
///
/// Numbers and lists stay as they are: a list is a value that fills a place of its own. What generation makes may hang on
/// a text, such as the kind of a node.
private func demandSameShape(_ template: TemplateDocument, _ values: JSONObject) {
  let neutral = JSONObject(
    values.members.map { member in
      switch member.value {
      case .string: JSONMember(member.name, "x")
      case .bool(let value): JSONMember(member.name, .bool(!value))
      default: member
      }
    })
  guard let body = template.substitute(template.bind(values)),
    let plain = template.substitute(template.bind(neutral))
  else { return }
  let (left, right) = (paths(of: body), paths(of: plain))
  Invariant.demand(
    left == right,
    "\(values.members) give \(left.subtracting(right)), neutral values \(right.subtracting(left))")
}

private func paths(of root: DataNode) -> Set<String> {
  var found: Set<String> = []
  var pending: [(path: String, node: DataNode)] = [("", root)]
  while let (path, node) = pending.popLast() {
    found.insert(path)
    for entry in node.entries {
      pending.append((path + "." + entry.key.text.debugDescription, entry.value))
    }
    for (index, item) in node.items.enumerated() { pending.append((path + "[\(index)]", item)) }
  }
  return found
}

/// The model's text has the model's values, and is a valid model.
private func demandReadsBack(_ model: DataNode) {
  let text = ModelEmitter.text(of: model)
  let reading = ModelReading(text)
  Invariant.demand(
    !reading.diagnostics.hasErrors,
    "a generated model is valid: \(Invariant.shown(text.bytes)) \(reading.diagnostics)")
  Invariant.demand(
    reading.data?.json == model.json,
    "\(Invariant.shown(text.bytes)) reads \(reading.data?.json?.text() ?? "nothing") and not \(model.json?.text() ?? "nothing")"
  )
  Invariant.demand(
    reading.data.flatMap { ModelHash.of($0) } == ModelHash.of(model),
    "a model and its text have one hash")
  if let data = reading.data {
    Invariant.demandSame(
      ModelEmitter.text(of: data).bytes, text.bytes, "the canonical form is its own")
  }
}

/// Generation answers as rendering does, and its model holds its record where that is wanted.
private func demandGeneration(
  _ text: SourceText, _ values: JSONObject, _ rendering: TemplateDocument.Rendering
) {
  let issuer = FixedIdentities(at: .epoch)
  var request = GenerateModel.Request(template: .text(text), parameters: values)
  do throws(OperationFailure) {
    let apart = try GenerateModel.run(request, in: Snapshot(), issuer: issuer)
    Invariant.demand(rendering.isValid, "what is generated is valid")
    request.embedsProvenance = true
    let whole = try GenerateModel.run(request, in: Snapshot(), issuer: issuer)
    let extraction = try ExtractProvenance.run(whole.model)
    Invariant.demandSame(
      extraction.model.bytes, apart.model.bytes, "extraction gives the bare model")
    Invariant.demand(
      extraction.record.map(JSONValue.object) == .object(apart.provenance),
      "\(apart.provenance.members) is embedded as \(extraction.record?.members ?? JSONObject().members)"
    )
    Invariant.demand(
      extraction.diagnostics.isEmpty, "a record of ours is right: \(extraction.diagnostics)")
    Invariant.demand(
      !ValidateModel.run(whole.model).hasErrors,
      "a model with its record is valid: \(ValidateModel.run(whole.model))")
  } catch {
    switch error {
    case .templateInvalid(_, let diagnostics), .parametersInvalid(_, let diagnostics):
      Invariant.demand(
        diagnostics.hasErrors || rendering.model?.json != nil, "a refusal has a reason")
      Invariant.demand(
        !rendering.isValid, "what is valid is generated: \(Invariant.shown(text.bytes))")
    default: Invariant.report("generation fails for no reason that it may have: \(error)")
    }
  }
}

/// Any text that takes a record gives it back and is as it was.
private func demandEmbeddingCanBeUndone(_ text: SourceText) {
  guard let model = try? EmbedProvenance.run(EmbeddedRecord.json, in: text) else { return }
  do throws(OperationFailure) {
    let extraction = try ExtractProvenance.run(model)
    Invariant.demandSame(
      extraction.model.bytes, text.bytes, "embedding and extraction give the text")
    Invariant.demand(
      extraction.record.map(JSONValue.object) == .object(EmbeddedRecord.json),
      "the record comes out as it went in: \(extraction.record?.members ?? JSONObject().members)")
    let (before, after) = (ModelReading(text), ModelReading(model))
    Invariant.demand(
      before.data.flatMap { ModelHash.of($0) } == after.data.flatMap { ModelHash.of($0) },
      "a record does not change the model's hash")
    let (old, new) = (before.diagnostics.map(\.code), after.diagnostics.map(\.code))
    Invariant.demand(old == new, "a record does not change what is wrong: \(old), \(new)")
  } catch {
    Invariant.report(
      "what was embedded cannot be extracted: \(Invariant.shown(model.bytes)) \(error)")
  }
}

/// A record with the values that readers of YAML take for something else.
private enum EmbeddedRecord {
  static let json = Provenance(
    identity: ModelIdentity(hash: "0123abcd", at: .epoch), templateID: "no",
    templateVersion: "1.0", templateTitle: "a: \"b\" # 'c'\n- \u{E9}",
    templateHash: "sha256:" + String(repeating: "0", count: 64),
    modelHash: "sha256:" + String(repeating: "f", count: 64),
    parameters: [
      "bins": 12, "empty": "", "null": "null", "list": [1, -2], "date": "2025-01-01",
      "yes": true, "text": "x\r\n\ty",
    ]
  ).json()
}
