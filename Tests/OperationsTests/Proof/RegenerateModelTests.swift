import FlowModel
import JSON
import Operations
import Source
import TestSupport
import Testing

private func regenerate(
  _ subject: RegenerateModel.Request.Subject, force: Bool = false, in snapshot: Snapshot
) throws(OperationFailure) -> GenerateModel.Result {
  try RegenerateModel.run(
    RegenerateModel.Request(subject, isForced: force), in: snapshot,
    issuer: FixedIdentities(at: .epoch))
}

/// Why a record is refused; nil where it is not.
private func refusal(of record: JSONObject, force: Bool = false, in snapshot: Snapshot) -> Proof? {
  do throws(OperationFailure) {
    _ = try regenerate(.record(.object(record)), force: force, in: snapshot)
    return nil
  } catch {
    guard case .notReproducible(let proof) = error else { return nil }
    return proof
  }
}

@Test(arguments: Bundle.ids)
func `a record of a bundled template gives its model again`(id: String) throws {
  let snapshot = try Bundle.snapshot()
  for naming in Provenance.Naming.allCases {
    var request = GenerateModel.Request(template: .id(id), naming: naming)
    let bare = try GenerateModel.run(request, in: snapshot, issuer: Bundle.noon)
    let again = try regenerate(.record(.object(bare.provenance)), in: snapshot)
    #expect(again.model == bare.model)
    #expect(again.provenance == bare.provenance)
    request.embedsProvenance = true
    let whole = try GenerateModel.run(request, in: snapshot, issuer: Bundle.noon)
    // What else stands in the model does not matter.
    let edited = SourceText(whole.model.string.replacing("\nnodes:", with: "\nnodez:"))
    #expect(try regenerate(.model(edited), in: snapshot).model == whole.model)
  }
}

@Test func `a template that changed is refused, and forced under a new id`() throws {
  let made = try ProofCase()
  let other = ProofCase.snapshot(ProofCase.demo.replacing("binSize: 1", with: "binSize: 2"))
  let refused = try #require(refusal(of: made.record, in: other))
  #expect(refused.verdict == .templateChanged)
  #expect(try refused.check(.templateHash).state == .failed)
  #expect(try refused.check(.modelHash).state == .skipped)
  let forced = try regenerate(.record(.object(made.record)), force: true, in: other)
  #expect(forced.model.string.contains("binSize: 2"))
  #expect(forced.provenance["derived_from"] == made.record["model_id"])
  #expect(forced.provenance.members.last?.name == "derived_from")
  #expect(forced.provenance["generated_at"] == "1970-01-01T00:00:00Z")
  // The new record proves the new model.
  let proof = try VerifyProvenance.run(
    forced.model, record: .value(.object(forced.provenance)), in: other)
  #expect(proof.verdict == .reproduced)
  #expect(try regenerate(.record(.object(forced.provenance)), in: other).model == forced.model)
}

@Test func `another version is refused, and forced under this one`() throws {
  let made = try ProofCase()
  let old = made.record(with: [("generator", "flowtime-sim/0.5.0"), ("sim_version", "0.5.0")])
  #expect(refusal(of: old, in: made.snapshot)?.verdict == .versionDiffers)
  let forced = try regenerate(.record(.object(old)), force: true, in: made.snapshot)
  #expect(forced.model == made.model)
  #expect(forced.provenance["sim_version"] == .string(ProductVersion.number))
}

@Test func `a record that is not its own is refused, and what cannot be made is not forced`() throws
{
  let made = try ProofCase()
  let edited = made.record(with: [("template_title", "Other")])
  #expect(refusal(of: edited, in: made.snapshot)?.verdict == .recordModified)
  let hopeless: [(name: String, value: JSONValue, verdict: Verdict)] = [
    ("template_id", "gone", .templateNotFound), ("parameters", ["count": 11], .recordModified),
    ("source", "other", .malformed), ("template_title", "Other", .recordModified),
    ("model_id", "model_20250925T120000Z_00000000", .recordModified),
  ]
  for (name, value, verdict) in hopeless {
    let record = made.record(with: [(name, value)])
    #expect(refusal(of: record, force: true, in: made.snapshot)?.verdict == verdict)
  }
}

@Test func `an edited record is not laundered by a template or a version that changed`() throws {
  let made = try ProofCase()
  let other = ProofCase.snapshot(ProofCase.demo + "#")
  let version: [(String, JSONValue?)] = [
    ("generator", "flowtime-sim/0.5.0"), ("sim_version", "0.5.0"),
  ]
  let edit: (String, JSONValue?) = (
    "parameters", ["rate": 2, "count": 3, "label": "x"]
  )
  for (changes, snapshot) in [([edit], other), ([edit] + version, made.snapshot)] {
    let record = made.record(with: changes)
    let refused = try #require(refusal(of: record, force: true, in: snapshot))
    #expect([.templateChanged, .versionDiffers].contains(refused.verdict))
    #expect(try refused.check(.modelIDHash).state == .failed)
  }
}

// MARK: Records of released versions

private let records = "Tests/OperationsTests/Golden/records/"

/// A record that a released version wrote, and the model that came with it.
private struct Kept: CustomTestStringConvertible, Sendable {
  let version: String
  let name: String
  var testDescription: String { "\(version) \(name)" }

  static let all = PackageFolder.files(in: records, endingIn: ".model.yaml").compactMap {
    path -> Kept? in
    let parts = path.split(separator: "/")
    guard parts.count == 6, parts[4] != "upstream" else { return nil }
    return Kept(version: String(parts[4]), name: String(parts[5].dropLast(11)))
  }

  func snapshot() throws -> Snapshot {
    Snapshot(
      catalog: TemplateCatalog(
        try PackageFolder.files(in: "\(records)\(version)/templates").map {
          TemplateCatalog.Entry(path: $0, text: SourceText(try PackageFolder.text($0)))
        }))
  }
}

@Test(arguments: Kept.all)
private func `the record of a released version is still understood`(kept: Kept) throws {
  let model = SourceText(
    try PackageFolder.text("\(records)\(kept.version)/\(kept.name).model.yaml"))
  let snapshot = try kept.snapshot()
  let text = try? PackageFolder.text("\(records)\(kept.version)/\(kept.name).json")
  let proof = try VerifyProvenance.run(
    model, record: text.map { .value(.string($0)) } ?? .embedded, in: snapshot)
  #expect(try proof.check(.record).state == .passed)
  #expect(try proof.check(.modelIDHash).state == .passed)
  #expect(try proof.check(.modelHash).state == .passed)
  #expect(try proof.check(.templateHash).state == .passed)
  guard kept.version == ProductVersion.number else {
    #expect(proof.verdict == .versionDiffers)
    return
  }
  #expect(proof.verdict == .reproduced)
  #expect(proof.hasSameBytes == true)
  let again = try regenerate(text.map { .record(.string($0)) } ?? .model(model), in: snapshot)
  #expect(again.model == model)
  if let text { #expect(JSONValue.object(again.provenance).text(.pretty) + "\n" == text) }
}

@Test func `records of this version are kept`() {
  #expect(Kept.all.count { $0.version == ProductVersion.number } >= 7)
}

@Test func `records of the public program are understood, and what they cannot prove is said`()
  throws
{
  let snapshot = try Bundle.snapshot()
  let record = try PackageFolder.text("\(records)upstream/m2.7.json")
  let embedded = SourceText(try PackageFolder.text("\(records)upstream/newest.model.yaml"))
  for proof in [
    try VerifyProvenance.run(SourceText("a: 1"), record: .value(.string(record)), in: snapshot),
    try VerifyProvenance.run(embedded, record: .embedded, in: snapshot),
  ] {
    #expect(proof.verdict == .versionDiffers)
    #expect(proof.states == [.passed, .passed, .skipped, .skipped, .skipped, .failed])
    #expect(try proof.check(.record).message.contains("of the public FlowTime program"))
    #expect(
      try proof.check(.templateHash).message.contains("cannot be proved"))
    #expect(
      try proof.check(.modelIDHash).message.contains("by a rule of its own"))
  }
  let forced = try regenerate(.record(.string(record)), force: true, in: snapshot)
  #expect(forced.provenance["derivedFrom"] == "model_20250925T120000Z_015ff076")
}
