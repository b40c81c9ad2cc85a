import FlowModel
package import JSON
import Source
import Templates

/// What can be said of a record: by itself, by its template, by a model that is said to come of it.
package struct Proof: Sendable {
  /// The worst of all that apply.
  package let verdict: Verdict
  /// One for each ``ProofCheck/Name``, in that order.
  package let checks: [ProofCheck]
  /// Whether the model at hand has the very bytes that generation writes; nil where it is another model.
  package let hasSameBytes: Bool?
  /// nil where there is no record that could be followed.
  let record: RecordClaim?
  let template: TemplateDocument?
  /// What generation makes of the record now.
  let rendered: RenderedModel?

  /// - Parameters:
  ///   - record: what was handed in.
  ///   - values: those that the record seals.
  ///   - model: nil where the record is looked at alone.
  ///   - choice: which template to take; nil takes the one that the record names.
  /// - Throws: ``OperationFailure/sensitiveValues(missing:wrong:checks:)`` where the verdict depends on them.
  init(
    _ record: RecordInput, values: JSONObject, model: ModelClaim?,
    template choice: TemplateChoice?, in snapshot: Snapshot, _ monitor: WorkMonitor
  ) throws(OperationFailure) {
    let claim: RecordClaim
    do throws(RecordClaim.Malformed) {
      claim = try record.claim(model)
      try claim.checkProducer()
    } catch {
      self.init(malformed: error.message)
      return
    }
    var template: TemplateDocument?
    var missing: OperationFailure?
    let choice = choice ?? .id(claim.templateID)
    do throws(OperationFailure) {
      template = try snapshot.template(choice, monitor)
    } catch {
      if case .stopped = error { throw error }
      missing = error
    }
    let opened = OpenedParameters(claim.parameters, given: values, template)
    let work = try ProofWork(claim, opened, model, template, monitor)
    let templateCheck = work.templateCheck(missing)
    var checks = [work.recordCheck(isSeparate: record.isSeparate), templateCheck]
    checks += [work.modelIDCheck, work.modelCheck, work.templateHashCheck, work.regeneratedCheck]
    try monitor.check()
    guard let verdict = work.verdict else {
      throw .sensitiveValues(missing: opened.missing, wrong: opened.wrong, checks: checks)
    }
    self.init(
      verdict: verdict, checks: checks, hasSameBytes: work.hasSameBytes, record: claim,
      template: template, rendered: work.rendered)
  }

  init(malformed message: String) {
    let others = ProofCheck.Name.allCases.dropFirst().map {
      ProofCheck($0, .skipped, "there is no record to go by")
    }
    self.init(
      verdict: .malformed, checks: [ProofCheck(.record, .failed, message)] + others,
      hasSameBytes: nil, record: nil, template: nil, rendered: nil)
  }

  /// Whether what stands between the record and its model is another template or another version, and the record's id is
  /// made of its own fields: then another model can be made in its place.
  var canBeForced: Bool {
    let isOther = verdict == .templateChanged || verdict == .versionDiffers
    return isOther && !checks.contains { $0.name == .modelIDHash && $0.state == .failed }
  }

  private init(
    verdict: Verdict, checks: [ProofCheck], hasSameBytes: Bool?, record: RecordClaim?,
    template: TemplateDocument?, rendered: RenderedModel?
  ) {
    self.verdict = verdict
    self.checks = checks
    self.hasSameBytes = hasSameBytes
    self.record = record
    self.template = template
    self.rendered = rendered
  }
}

/// Where a record is.
package enum RecordInput: Sendable {
  /// In the model.
  case embedded
  /// Beside it: an object, or the text of a JSON file.
  case value(JSONValue)

  var isSeparate: Bool {
    if case .value = self { true } else { false }
  }

  func claim(_ model: ModelClaim?) throws(RecordClaim.Malformed) -> RecordClaim {
    switch self {
    case .value(.string(let text)): return try RecordClaim(text: SourceText(text))
    case .value(let value): return try RecordClaim(value)
    case .embedded:
      guard let model else { throw RecordClaim.Malformed(message: "there is no record") }
      return try model.record()
    }
  }
}
