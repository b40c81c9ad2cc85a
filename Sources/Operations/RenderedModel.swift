import FlowModel
import JSON
import Source
import Templates

/// A template with values in it and no error: what is written, and what names it.
struct RenderedModel: Sendable {
  let template: TemplateDocument
  let templateID: String
  /// The model as it is written, without a record.
  let text: SourceText
  /// Every effective value, in declared order.
  let parameters: JSONObject
  /// The mode in effect; nil for the usual one, a simulation that nobody had to ask for.
  let mode: Mode?
  /// The part of a model's id that template id and values make; see ``ModelIdentity/hash(templateID:parameters:)``.
  let identityHash: String
  /// See ``ModelHash``.
  let modelHash: String
  /// Warnings.
  let diagnostics: [Diagnostic]
  /// The model's values; nil where the model was written by a pattern, which has none.
  private let made: DataNode?
  /// The mode that was asked for.
  private let requested: Mode?

  /// - Parameters:
  ///   - lint: nil for one who only asks what the model is: no warning stops it then, whatever it weighs.
  ///   - values: the effective ones, if models of other values may be written by a pattern of this one.
  init(
    _ template: TemplateDocument, _ given: JSONObject, mode requested: Mode? = nil,
    lint: LintSettings? = nil, patternOf values: [ParameterValue?]? = nil,
    _ monitor: WorkMonitor = .unwatched, step: WorkStep = .making
  ) throws(OperationFailure) {
    try monitor.begin(step)
    let rendering = template.render(given, mode: requested, lint: lint, for: .generation)
    try monitor.check()
    guard rendering.isValid, let data = rendering.model, let id = template.metadata.id,
      let hash = try? ModelIdentity.hash(templateID: id, parameters: rendering.parameters)
    else { throw RenderedModel.failure(of: rendering, template) }
    let written = values.flatMap {
      template.keepPattern(of: rendering, data, $0, mode: requested, lint: lint)
    }
    guard let modelHash = written?.hash ?? ModelHash.of(data) else {
      throw RenderedModel.failure(of: rendering, template)
    }
    self.template = template
    templateID = id
    made = data
    text = written?.text ?? ModelEmitter.text(of: data)
    parameters = rendering.parameters
    mode = rendering.mode
    identityHash = hash
    self.modelHash = modelHash
    diagnostics = rendering.diagnostics
    self.requested = requested
  }

  private static func failure(
    of rendering: TemplateDocument.Rendering, _ template: TemplateDocument
  ) -> OperationFailure {
    rendering.blamesValues
      ? .parametersInvalid(template.text, rendering.diagnostics)
      : .templateInvalid(template.text, rendering.diagnostics)
  }

  /// The model by a pattern of one that was made before, if there is one for these values.
  init?(
    _ template: TemplateDocument, by binding: ParameterBinding, mode requested: Mode?,
    lint: LintSettings?
  ) {
    guard let id = template.metadata.id,
      let written = template.written(binding.values, mode: requested, lint: lint)
    else { return nil }
    let parameters = binding.record(of: id)
    guard let hash = try? ModelIdentity.hash(templateID: id, parameters: parameters) else {
      return nil
    }
    self.template = template
    templateID = id
    made = nil
    text = written.text
    self.parameters = parameters
    mode = written.mode
    identityHash = hash
    modelHash = written.hash
    diagnostics = written.diagnostics
    self.requested = requested
  }

  /// The model's values with their places.
  ///
  /// Complexity: O(1), or that of making the model where it was written by a pattern.
  var data: DataNode {
    made ?? template.render(parameters, mode: requested, lint: nil, for: .generation).model
      ?? DataNode(.unknown, at: template.text.range)
  }

  /// An upper bound of the bytes that it takes, roughly: what the tree shares with the template counts too.
  var length: Int {
    (made?.length ?? 0) + text.count
      + diagnostics.reduce(0) { $0 + MemoryLayout<Diagnostic>.stride + $1.message.utf8.count * 2 }
  }

  /// The record of this model under an identity.
  ///
  /// - Parameter derivedFrom: the id of the model in whose place this one is made.
  func record(_ identity: ModelIdentity, derivedFrom: String? = nil) -> Provenance {
    Provenance(
      identity: identity, templateID: templateID, templateVersion: template.metadata.version,
      templateTitle: template.metadata.title, mode: mode, templateHash: template.hash,
      modelHash: modelHash, parameters: parameters, derivedFrom: derivedFrom)
  }
}
