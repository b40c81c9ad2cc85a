import FlowModel
import JSON
import Source
import Templates

/// The checks of a record that can be followed.
struct ProofWork {
  private let claim: RecordClaim
  private let model: ModelClaim?
  private let template: TemplateDocument?
  private let opened: OpenedParameters
  /// What generation makes of the record; nil where it makes nothing.
  let rendered: RenderedModel?
  /// Why there is nothing rendered.
  private let refusal: OperationFailure?
  /// The id that the record's own fields make.
  private let modelID: String?
  /// From what generation writes to what the record says; nil where nothing was generated.
  private let recordDifference: Change?
  private let modelComparison: Comparison?

  init(
    _ claim: RecordClaim, _ opened: OpenedParameters, _ model: ModelClaim?,
    _ template: TemplateDocument?, _ monitor: WorkMonitor
  ) throws(OperationFailure) {
    self.claim = claim
    self.opened = opened
    self.model = model
    self.template = template
    var rendered: RenderedModel?
    var refusal: OperationFailure?
    if let template, opened.isWhole {
      do throws(OperationFailure) {
        // Never one that was kept: a proof has made the model itself.
        rendered = try RenderedModel(
          template, opened.values, mode: claim.mode, monitor, step: .makingAgain)
      } catch {
        if case .stopped = error { throw error }
        refusal = error
      }
    }
    self.rendered = rendered
    self.refusal = refusal
    try monitor.begin(.comparing)
    modelID = ProofWork.modelID(of: claim)
    recordDifference = rendered.flatMap { ProofWork.difference(of: claim, from: $0) }
    var comparison: Comparison?
    if let rendered, let data = model?.data, model?.hash != rendered.modelHash {
      comparison = Comparison(rendered.data, data)
    }
    modelComparison = comparison
  }

  /// The worst of what applies to a record that is well formed; nil where that depends on sealed values.
  var verdict: Verdict? {
    guard template != nil else { return .templateNotFound }
    if claim.isOtherVersion { return .versionDiffers }
    if templateIsOther { return .templateChanged }
    if modelIDIsOther { return .recordModified }
    guard opened.isWhole else { return nil }
    if rendered == nil || recordDifference != nil { return .recordModified }
    return model == nil || isSameModel ? .reproduced : .modelModified
  }

  private var templateIsOther: Bool {
    guard let hash = claim.text("template_hash"), let template else { return false }
    return ExactString(hash) != ExactString(template.hash)
  }

  private var modelIDIsOther: Bool {
    !claim.isUpstream && modelID.map { ExactString($0) != ExactString(claim.modelID) } ?? true
  }

  private var isSameModel: Bool { rendered != nil && model?.hash == rendered?.modelHash }

  /// Whether the model has the bytes of generation, its record aside; nil where it is another model.
  var hasSameBytes: Bool? {
    guard let model, let rendered, isSameModel else { return nil }
    return model.bareText == rendered.text
  }

  // MARK: The checks

  func recordCheck(isSeparate: Bool) -> ProofCheck {
    var message = "the record is well formed"
    if claim.isUpstream {
      message +=
        "; it is of the public FlowTime program, \(claim.version.map { quoted($0) } ?? "no version said")"
    }
    if let version = claim.text("schema_version"),
      ExactString(version) != ExactString(Provenance.schemaVersion)
    {
      message +=
        "; its schema_version is \(quoted(version)), and '\(Provenance.schemaVersion)' is what is known here"
    }
    if let names = claim.unknownFieldsNamed { message += "; kept and not checked: \(names)" }
    if let old = claim.text("derived_from") {
      message += "; that it is derived from \(quoted(old)) is not checked"
    }
    if let mode = claim.mode, !isPinned(mode) {
      message +=
        "; that its mode is \(quoted(mode.rawValue)) is not checked: the other mode makes the same model"
    }
    if isSeparate, let block = model?.blockTree {
      message +=
        claim.isSame(as: block)
        ? "; the model has the same one" : "; the model has another one in it, which is not checked"
    }
    return ProofCheck(.record, .passed, message)
  }

  /// Whether the other mode makes another model, or none.
  private func isPinned(_ mode: Mode) -> Bool {
    guard let template, let rendered else { return true }
    let other: Mode = mode == .simulation ? .telemetry : .simulation
    return (try? RenderedModel(template, opened.values, mode: other))?.modelHash
      != rendered.modelHash
  }

  func templateCheck(_ failure: OperationFailure?) -> ProofCheck {
    guard let template else {
      var message = "there is no template"
      if case .templateNotFound(let id, let near)? = failure {
        message += " \(quoted(id))"
        if !near.isEmpty {
          message += "; did you mean \(near.map { quoted($0) }.joined(separator: " or "))?"
        }
      }
      return ProofCheck(.template, .failed, message)
    }
    guard let id = template.metadata.id, !id.isEmpty else {
      return ProofCheck(
        .template, .passed,
        "the given template is taken; no id can be read in it, and the record names \(quoted(claim.templateID))"
      )
    }
    return ExactString(id) == ExactString(claim.templateID)
      ? ProofCheck(.template, .passed, "the template \(quoted(id)) is there")
      : ProofCheck(
        .template, .passed,
        "the template \(quoted(id)) is taken; the record names \(quoted(claim.templateID))")
  }

  var modelIDCheck: ProofCheck {
    if claim.isUpstream {
      return ProofCheck(
        .modelIDHash, .skipped, "the program that wrote this record makes ids by a rule of its own")
    }
    guard let modelID else {
      return ProofCheck(
        .modelIDHash, .failed, "the record has no generated_at, of which model_id is made")
    }
    guard modelIDIsOther else {
      return ProofCheck(
        .modelIDHash, .passed,
        "model_id is made of this template id, these parameters and this time")
    }
    return ProofCheck(
      .modelIDHash, .failed, "template id, parameters and time make another model_id",
      .init(
        subject: .record, path: "model_id", expected: .string(modelID),
        found: .string(claim.modelID)))
  }

  var modelCheck: ProofCheck {
    guard let model else { return ProofCheck(.modelHash, .skipped, "there is no model at hand") }
    let modelHash: String
    switch model.reading {
    case .values(_, let hash): modelHash = hash
    case .problem(let problem):
      return ProofCheck(
        .modelHash, .failed, "the model cannot be read: \(problem.message)", range: problem.range)
    }
    guard let claimed = claim.text("model_hash") else {
      return ProofCheck(.modelHash, .skipped, "the record has no model_hash")
    }
    if ExactString(claimed) == ExactString(modelHash) {
      return ProofCheck(.modelHash, .passed, "the model has the hash that the record says")
    }
    // The record's word against the model's: generation tells which one was changed.
    if let (difference, range) = modelDifference, rendered?.modelHash == claimed {
      return ProofCheck(
        .modelHash, .failed, "the model is not the one of the record", difference, range: range)
    }
    return ProofCheck(
      .modelHash, .failed, "the model has another hash",
      .init(
        subject: .record, path: "model_hash", expected: .string(modelHash),
        found: .string(claimed)))
  }

  var templateHashCheck: ProofCheck {
    guard let template else {
      return ProofCheck(.templateHash, .skipped, "there is no template")
    }
    guard let claimed = claim.text("template_hash") else {
      return ProofCheck(
        .templateHash, .skipped,
        "the record has no template_hash: that the template is the same cannot be proved")
    }
    guard templateIsOther else {
      return ProofCheck(.templateHash, .passed, "the template has the hash that the record says")
    }
    var changes: Comparison?
    if let data = model?.data, let rendered { changes = Comparison(data, rendered.data) }
    return ProofCheck(
      .templateHash, .failed,
      "the template is not the one of the record"
        + (changes?.isEqual == true ? "; it makes the same model of these parameters" : ""),
      .init(
        subject: .record, path: "template_hash", expected: .string(template.hash),
        found: .string(claimed)), changes: changes)
  }

  var regeneratedCheck: ProofCheck {
    guard template != nil else {
      return ProofCheck(.regenerated, .skipped, "there is no template to make the model with")
    }
    if let problem = opened.problem { return ProofCheck(.regenerated, .skipped, problem) }
    let version =
      claim.isOtherVersion
      ? "; the model was made by \(ProductVersion.name) \(claim.version.map { quoted($0) } ?? "without a version"), and this is \(ProductVersion.number)"
      : ""
    guard rendered != nil else {
      return ProofCheck(
        .regenerated, .failed, (refusal.map(\.summary) ?? "nothing is made") + version)
    }
    let sameRecord = recordDifference == nil
    let recordPart = sameRecord ? "the same record" : "another record"
    if model == nil || isSameModel {
      let modelPart =
        model == nil
        ? ""
        : "the same model, \(hasSameBytes == true ? "byte for byte" : "formatted in another way")"
      let message =
        "generation gives " + (model == nil ? recordPart : "\(modelPart), and \(recordPart)")
      return ProofCheck(
        .regenerated, sameRecord ? .passed : .failed, message + version,
        recordDifference.map { ProofWork.difference($0, .record) })
    }
    if case .problem? = model?.reading {
      // Of a model that is not known nothing is said but that.
      return ProofCheck(
        .regenerated, sameRecord ? .skipped : .failed,
        "the model cannot be read; generation gives \(recordPart)" + version,
        recordDifference.map { ProofWork.difference($0, .record) })
    }
    let difference = modelDifference
    return ProofCheck(
      .regenerated, .failed, "generation gives another model, and \(recordPart)" + version,
      difference?.0, range: difference?.range)
  }

  // MARK: Differences

  private var modelDifference: (ProofCheck.Difference, range: ByteRange?)? {
    modelComparison?.changes.first.map {
      (ProofWork.difference($0, .model), range: $0.newRange)
    }
  }

  private static func difference(_ change: Change, _ subject: ProofCheck.Difference.Subject)
    -> ProofCheck.Difference
  {
    // What moved is the same; its places differ.
    let isMove = change.kind == .moved
    return ProofCheck.Difference(
      subject: subject, path: change.path,
      expected: isMove ? change.oldPointer.map(JSONValue.string) : change.old?.json,
      found: isMove ? .string(change.pointer) : change.new?.json)
  }

  private static func modelID(of claim: RecordClaim) -> String? {
    guard let time = claim.time,
      let hash = try? ModelIdentity.hash(
        templateID: claim.templateID, parameters: claim.parameters)
    else { return nil }
    return ModelIdentity(hash: hash, at: time, withFraction: claim.hasFraction).modelID
  }

  /// The first field in which a record is not what generation writes.
  private static func difference(of claim: RecordClaim, from rendered: RenderedModel) -> Change? {
    let identity = ModelIdentity(
      hash: rendered.identityHash, at: claim.time ?? .epoch, withFraction: claim.hasFraction)
    let written = rendered.record(identity, derivedFrom: claim.text("derived_from")).json()
    // Ids are made in another way there, and other fields are not written.
    let leftOut: Set<String> = claim.isUpstream ? ["model_id", "generated_at", "generator"] : []
    guard let said = claim.tree(leavingOut: leftOut) else { return nil }
    let fields = JSONObject(
      written.members.filter { member in
        !claim.isUpstream || said[ExactString(member.name)] != nil
      })
    guard let expected = try? DataNode(json: .object(fields)) else { return nil }
    return Comparison(expected, said).changes.first
  }
}

extension RecordClaim {
  /// Whether a block says the same, be it in the other spelling.
  fileprivate func isSame(as block: DataNode) -> Bool {
    if let own = try? DataNode(json: .object(object)), Comparison(own, block).isEqual {
      return true
    }
    guard unknownFields.isEmpty, let other = block.json.flatMap({ try? RecordClaim($0) }),
      other.unknownFields.isEmpty, let own = tree(), let others = other.tree()
    else { return false }
    return Comparison(own, others).isEqual
  }

  /// Whether `model_id` has the fraction of the second; one of zero is never issued.
  fileprivate var hasFraction: Bool { modelID.utf8.contains(0x2E) && time?.fraction != 0 }
}

extension OperationFailure {
  /// What is wrong, in one line.
  fileprivate var summary: String {
    switch self {
    case .templateInvalid(_, let diagnostics): "the template is invalid" + first(diagnostics)
    case .parametersInvalid(_, let diagnostics):
      "the template refuses the record's parameters" + first(diagnostics)
    default: "nothing is made"
    }
  }

  private func first(_ diagnostics: [Diagnostic]) -> String {
    diagnostics.first { $0.severity == .error }.map { ": \($0.message)" } ?? ""
  }
}
