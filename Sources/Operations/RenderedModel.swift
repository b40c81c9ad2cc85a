import FlowModel
import JSON
import Source
import Templates

/// A template with values in it and no error: what is written, and what names it.
struct RenderedModel: Sendable {
  let template: TemplateDocument
  let templateID: String
  let data: DataNode
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

  /// - Parameter lint: nil for one who only asks what the model is: no warning stops it then, whatever it weighs.
  init(
    _ template: TemplateDocument, _ given: JSONObject, mode requested: Mode? = nil,
    lint: LintSettings? = nil, _ monitor: WorkMonitor = .unwatched, step: WorkStep = .making
  ) throws(OperationFailure) {
    try monitor.begin(step)
    let rendering = template.render(given, mode: requested, lint: lint, for: .generation)
    try monitor.check()
    guard rendering.isValid, let data = rendering.model, let modelHash = ModelHash.of(data),
      let id = template.metadata.id,
      let hash = try? ModelIdentity.hash(templateID: id, parameters: rendering.parameters)
    else {
      if rendering.blamesValues { throw .parametersInvalid(template.text, rendering.diagnostics) }
      throw .templateInvalid(template.text, rendering.diagnostics)
    }
    self.template = template
    templateID = id
    self.data = data
    text = ModelEmitter.text(of: data)
    parameters = rendering.parameters
    mode = rendering.mode
    identityHash = hash
    self.modelHash = modelHash
    diagnostics = rendering.diagnostics
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
