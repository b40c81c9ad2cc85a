package import FlowModel
package import JSON
package import Source
package import Templates

/// A template and values in; a model and its record out.
package enum GenerateModel {
  package struct Request: Sendable {
    package var template: TemplateChoice
    package var parameters: JSONObject
    /// Stands in for the template's own.
    package var mode: Mode?
    /// Whether the record stands in the model too.
    package var embedsProvenance: Bool
    package var naming: Provenance.Naming
    package var makesSourceMap = false
    /// Weights of warnings: what is raised to an error leaves no model.
    package var lint = LintSettings()

    package init(
      template: TemplateChoice, parameters: JSONObject = JSONObject(), mode: Mode? = nil,
      embedsProvenance: Bool = false,
      naming: Provenance.Naming = .snakeCase
    ) {
      self.template = template
      self.parameters = parameters
      self.mode = mode
      self.embedsProvenance = embedsProvenance
      self.naming = naming
    }
  }

  package struct Result: Sendable {
    package let model: SourceText
    /// In the naming that was asked for.
    package let provenance: JSONObject
    /// The template, in whose text the diagnostics stand.
    package let template: TemplateDocument
    /// nil unless it was asked for.
    package let sourceMap: SourceMap?
    /// Warnings: with an error there is no result.
    package let diagnostics: [Diagnostic]
  }

  /// - Parameter issuer: names the model; it alone knows the time.
  package static func run(
    _ request: Request, in snapshot: Snapshot, issuer: some IdentityIssuer,
    _ monitor: WorkMonitor = .unwatched
  ) throws(OperationFailure) -> Result {
    let template = try snapshot.template(request.template, monitor)
    let rendered = try snapshot.model(
      of: template, request.template, request.parameters, mode: request.mode, lint: request.lint,
      needsData: request.makesSourceMap, monitor)
    try monitor.begin(.writing)
    let record = rendered.record(issuer.issue(hash: rendered.identityHash)).json(request.naming)
    let model =
      request.embedsProvenance ? try EmbedProvenance.run(record, in: rendered.text) : rendered.text
    return Result(
      model: model, provenance: record, template: template,
      sourceMap: request.makesSourceMap ? SourceMap(of: model, values: rendered.data) : nil,
      diagnostics: rendered.diagnostics)
  }
}
