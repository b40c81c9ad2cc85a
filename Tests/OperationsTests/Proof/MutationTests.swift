import FlowModel
import Foundation
import JSON
import Operations
import Source
import Templates
import TestSupport
import Testing

/// What one change was made to.
private enum Kind: String, CaseIterable {
  case modelByte = "byte of the model"
  case recordField = "field of the record"
  case embeddedField = "field of the embedded record"
  case parameterValue = "parameter value"
  case templateByte = "byte of the template"
}

/// How many changes were made, and which of them were not told as they must be.
private struct Tally {
  var detected: [Kind: Int] = [:]
  /// Changes that are none: the same values, written otherwise. Each was told to be the same.
  var same: [Kind: Int] = [:]
  /// Changes of a record's mode: where both modes make one model nothing pins it, which must be said.
  var pinnedModes = 0
  var unpinnedModes = 0
  var verdicts: [Verdict: Int] = [:]
  var mistakes: [String] = []

  mutating func add(_ other: Tally) {
    detected.merge(other.detected, uniquingKeysWith: +)
    same.merge(other.same, uniquingKeysWith: +)
    verdicts.merge(other.verdicts, uniquingKeysWith: +)
    pinnedModes += other.pinnedModes
    unpinnedModes += other.unpinnedModes
    mistakes += other.mistakes
  }

  mutating func note(
    _ kind: Kind, expected: Verdict, got: Verdict?, _ change: @autoclosure () -> String
  ) {
    if expected != got {
      let got = got?.rawValue ?? "no verdict"
      mistakes.append("\(kind.rawValue): \(change()): expected \(expected), got \(got)")
    } else if expected == .reproduced {
      same[kind, default: 0] += 1
    } else {
      detected[kind, default: 0] += 1
      verdicts[expected, default: 0] += 1
    }
  }
}

/// An id with the fraction of the second, as a process gives out that made the same model in the same second before.
private struct WholeTime: IdentityIssuer {
  func issue(hash: String) -> ModelIdentity {
    ModelIdentity(hash: hash, at: time, withFraction: true)
  }
}

private let time = Timestamp.Reading(rfc3339: "2025-09-25T12:00:00.123457Z")?.timestamp ?? .epoch

/// Changes of one generation of a bundled template, one at a time.
private struct Mutator {
  let snapshot: Snapshot
  let template: TemplateCatalog.Entry
  let made: GenerateModel.Result
  let value: JSONValue
  var random: SplitMix64
  var tally = Tally()

  init(_ id: String, in snapshot: Snapshot, withFraction: Bool, seed: UInt64) throws {
    self.snapshot = snapshot
    template = try #require(snapshot.catalog[id])
    let request = GenerateModel.Request(template: .id(id))
    made =
      withFraction
      ? try GenerateModel.run(request, in: snapshot, issuer: WholeTime())
      : try GenerateModel.run(request, in: snapshot, issuer: FixedIdentities(at: time))
    value = try #require(Mutator.value(of: made.model))
    random = SplitMix64(seed: seed)
  }

  mutating func run(_ count: Int) {
    for mode in Mode.allCases { changeMode(from: mode) }
    let shares: [(Kind, Int)] = [
      (.modelByte, 4), (.recordField, 2), (.embeddedField, 1), (.parameterValue, 2),
      (.templateByte, 1),
    ]
    for (kind, tenths) in shares {
      let wanted = (count * tenths + 9) / 10
      // What is no change, and what cannot be embedded, does not count.
      for _ in 0..<(20 * wanted)
      where tally.mistakes.count < 10 && tally.detected[kind, default: 0] < wanted {
        switch kind {
        case .modelByte: changeModel()
        case .recordField: changeField(embedded: false)
        case .embeddedField: changeField(embedded: true)
        case .parameterValue: changeParameter()
        case .templateByte: changeTemplate()
        }
      }
    }
  }

  // MARK: Changes

  /// The rule: it is the same model where the values are the same.
  private mutating func changeModel() {
    var bytes = made.model.bytes
    let offset = Int.random(in: 0..<bytes.count, using: &random)
    guard bytes[offset] > 0x20 else { return }
    let change = alter(&bytes, at: offset)
    let model = SourceText(bytes)
    let isSame = Mutator.value(of: model).map { Mutator.isSame($0, value) } ?? false
    tally.note(
      .modelByte, expected: isSame ? .reproduced : .modelModified,
      got: verdict(model, made.provenance), "\(offset): \(change)")
  }

  private mutating func changeField(embedded: Bool) {
    guard let field = made.provenance.members.map({ $0 }).randomElement(using: &random),
      field.name != "parameters", let text = field.value.stringValue
    else { return }
    var record = made.provenance
    var expected = Verdict.recordModified
    if Int.random(in: 0..<8, using: &random) == 0 {
      record[field.name] = nil
      if ["model_id", "template_id"].contains(field.name) { expected = .malformed }
    } else {
      var bytes = Array(text.utf8)
      guard let offset = bytes.indices.randomElement(using: &random), bytes[offset] < 0x80 else {
        return
      }
      _ = alter(&bytes, at: offset, deletes: false)
      let changed = String(decoding: bytes, as: UTF8.self)
      record[field.name] = .string(changed)
      guard let rule = verdict(ofField: field.name, changed, at: offset) else { return }
      expected = rule
    }
    let kind = embedded ? Kind.embeddedField : .recordField
    if embedded {
      // What is no record is not put into a model in the first place.
      guard let model = try? EmbedProvenance.run(record, in: made.model) else { return }
      let got = try? VerifyProvenance.run(model, record: .embedded, in: snapshot).verdict
      tally.note(kind, expected: expected, got: got, "\(field.name) \(record[field.name] ?? .null)")
    } else {
      let got = verdict(made.model, record)
      tally.note(kind, expected: expected, got: got, "\(field.name) \(record[field.name] ?? .null)")
    }
  }

  /// The rule for one letter of a field; nil where nothing in the record pins it.
  private func verdict(ofField name: String, _ changed: String, at offset: Int) -> Verdict? {
    switch name {
    case "source": return .malformed
    case "template_id":
      return snapshot.catalog[changed] == nil ? .templateNotFound : .templateChanged
    case "generator":
      let isOurs = changed.hasPrefix("flowtime-sim/")
      return isOurs ? .recordModified : .malformed
    case "generated_at":
      if Timestamp.Reading(rfc3339: changed) == nil { return .malformed }
      let hasFraction = made.provenance["model_id"]?.stringValue?.contains(".") == true
      return hasFraction || offset < 19 || changed.last != "Z" ? .recordModified : nil
    case "template_hash", "model_hash":
      if changed.wholeMatch(of: /sha256:[0-9a-f]{64}/) == nil { return .malformed }
      return name == "template_hash" ? .templateChanged : .recordModified
    default: return .recordModified
    }
  }

  /// The rule: it is detected where the other mode makes another model, or none.
  private mutating func changeMode(from mode: Mode) {
    let other: Mode = mode == .simulation ? .telemetry : .simulation
    func generate(_ mode: Mode) -> GenerateModel.Result? {
      let request = GenerateModel.Request(template: .id(template.id.text), mode: mode)
      return try? GenerateModel.run(request, in: snapshot, issuer: FixedIdentities(at: time))
    }
    guard let first = generate(mode) else { return }
    let second = generate(other)
    var record = first.provenance
    // A simulation that nobody had to ask for is not written down.
    record["mode"] = second?.provenance["mode"] ?? (other == .telemetry ? "telemetry" : nil)
    let isPinned = second?.provenance["model_hash"] != first.provenance["model_hash"]
    if isPinned { tally.pinnedModes += 1 } else { tally.unpinnedModes += 1 }
    let proof = try? VerifyProvenance.run(
      first.model, record: .value(.object(record)), in: snapshot)
    let isSaid = proof?.checks.first?.message.contains("' is not checked") ?? false
    if proof?.verdict != (isPinned ? .recordModified : .reproduced)
      || isSaid != (!isPinned && record["mode"] != nil)
    {
      tally.mistakes.append("mode \(other): \(proof?.verdict.rawValue ?? "no verdict")")
    }
  }

  private mutating func changeParameter() {
    guard let parameters = made.provenance["parameters"]?.objectValue,
      let parameter = parameters.members.map({ $0 }).randomElement(using: &random)
    else { return }
    var changed = parameters
    switch Int.random(in: 0..<8, using: &random) {
    case 0: changed[parameter.name] = nil
    case 1: changed[parameter.name + "x"] = parameter.value
    default: changed[parameter.name] = other(parameter.value)
    }
    var record = made.provenance
    record["parameters"] = .object(changed)
    let isSame = Mutator.isSame(.object(changed), .object(parameters))
    tally.note(
      .parameterValue, expected: isSame ? .reproduced : .recordModified,
      got: verdict(made.model, record), "\(parameter.name): \(changed[parameter.name] ?? .null)")
  }

  /// The rule: another template of that id, or none.
  private mutating func changeTemplate() {
    var bytes = template.document.text.bytes
    let offset = Int.random(in: 0..<bytes.count, using: &random)
    guard bytes[offset] < 0x80 else { return }
    let change = alter(&bytes, at: offset)
    let entry = TemplateCatalog.Entry(path: template.path, text: SourceText(bytes))
    let other = Snapshot(catalog: TemplateCatalog([entry]))
    let got = try? VerifyProvenance.run(
      made.model, record: .value(.object(made.provenance)), in: other
    ).verdict
    tally.note(
      .templateByte, expected: entry.id == template.id ? .templateChanged : .templateNotFound,
      got: got, "\(offset): \(change)")
  }

  // MARK: Help

  private func verdict(_ model: SourceText, _ record: JSONObject) -> Verdict? {
    try? VerifyProvenance.run(model, record: .value(.object(record)), in: snapshot).verdict
  }

  /// Puts another visible character in place of one, or takes it out.
  private mutating func alter(_ bytes: inout [UInt8], at offset: Int, deletes: Bool = true)
    -> String
  {
    let old = bytes[offset]
    if deletes, Int.random(in: 0..<8, using: &random) == 0 {
      bytes.remove(at: offset)
      return "without \(UnicodeScalar(old))"
    }
    var new = old
    while new == old { new = UInt8.random(in: 0x21...0x7E, using: &random) }
    bytes[offset] = new
    return "\(UnicodeScalar(new)) for \(UnicodeScalar(old))"
  }

  private mutating func other(_ value: JSONValue) -> JSONValue {
    switch value {
    case .number(let number):
      let old = number.double ?? 0
      let new =
        switch Int.random(in: 0..<4, using: &random) {
        case 0: old + 1
        case 1: old * 10
        case 2: -old
        default: old + 0.001
        }
      return .number(JSONNumber(new) ?? 0)
    case .string(let text): return .string(text + "x")
    case .bool(let flag): return .bool(!flag)
    case .array(var items):
      guard let index = items.indices.randomElement(using: &random) else { return .array([1]) }
      items[index] = other(items[index])
      return .array(items)
    case .null, .object: return .string("x")
    }
  }

  /// What a text says; nil where it cannot be read.
  private static func value(of text: SourceText) -> JSONValue? {
    let document = ModelDocument(text)
    guard let root = document.root, !document.findings.hasErrors else { return nil }
    var reader = DataReader(meaning: CoreMeaning())
    let data = reader.read(root)
    return reader.findings.hasErrors ? nil : data.json
  }

  /// The same values: numbers as numbers, text byte by byte, members in any order.
  private static func isSame(_ left: JSONValue, _ right: JSONValue) -> Bool {
    switch (left, right) {
    case (.number(let a), .number(let b)): a.double == b.double
    case (.string(let a), .string(let b)): a.utf8.elementsEqual(b.utf8)
    case (.bool(let a), .bool(let b)): a == b
    case (.null, .null): true
    case (.array(let a), .array(let b)):
      a.count == b.count && zip(a, b).allSatisfy { isSame($0, $1) }
    case (.object(let a), .object(let b)):
      a.members.count == b.members.count
        && a.members.allSatisfy { member in
          b[member.name].map { isSame(member.value, $0) } ?? false
        }
    default: false
    }
  }
}

/// How many changes there are in all; `Tests/Proof/mutations` makes 10,000.
private let count =
  ProcessInfo.processInfo.environment["FLOWTIME_MUTATIONS"].flatMap { Int($0) } ?? 1_000

@Test func `every single change is detected, with the right verdict`() async throws {
  let snapshot = try Bundle.snapshot()
  var total = Tally()
  try await withThrowingTaskGroup(of: Tally.self) { group in
    for (number, id) in Bundle.ids.enumerated() {
      group.addTask {
        var mutator = try Mutator(
          id, in: snapshot, withFraction: number.isMultiple(of: 2), seed: UInt64(number))
        mutator.run((count + Bundle.ids.count - 1) / Bundle.ids.count)
        return mutator.tally
      }
    }
    for try await tally in group { total.add(tally) }
  }
  for kind in Kind.allCases {
    print(
      "\(kind.rawValue): \(total.detected[kind] ?? 0), and \(total.same[kind] ?? 0) that are none")
  }
  for verdict in Verdict.allCases {
    print("\(verdict.rawValue): \(total.verdicts[verdict] ?? 0)")
  }
  print("mode of the record: \(total.pinnedModes), and \(total.unpinnedModes) that nothing pins")
  #expect(total.mistakes == [])
  #expect(total.pinnedModes + total.unpinnedModes > 0)
  #expect(total.detected.values.reduce(0, +) >= count)
  #expect(Kind.allCases.allSatisfy { (total.detected[$0] ?? 0) >= count / 10 })
}
