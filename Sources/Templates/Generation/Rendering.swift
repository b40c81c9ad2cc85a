package import FlowModel
package import JSON
package import Source

extension TemplateDocument {
  /// A template with its values in place.
  package struct Rendering: Sendable {
    /// The model as generation left it, with what is said in templates only.
    let draft: DataNode?
    /// The model as rules looked at it.
    let view: ModelView?
    /// Every effective value, in declared order; sensitive ones sealed.
    package let parameters: JSONObject
    /// The mode in effect; nil for the usual one, a simulation that nobody had to ask for.
    package let mode: Mode?
    /// All findings, of the template and of the values, in order, with the weights that were chosen.
    package let diagnostics: [Diagnostic]
    /// Whether the values are at fault, given or missing: the template by itself has no error.
    package let blamesValues: Bool

    package var isValid: Bool { !diagnostics.hasErrors }

    /// The model's values in canonical order; nil where the template cannot be read.
    ///
    /// Complexity: linear in the model, each time; who only validates does without.
    package var model: DataNode? { draft.map(Shape.model.projected) }
  }

  /// Puts values in place of references, applies every rule and makes the model.
  ///
  /// - Parameters:
  ///   - given: values by name; defaults stand in for the rest.
  ///   - mode: stands in for the template's own.
  ///   - lint: weights of warnings, which count more than what the template says of itself as a whole. nil for one who
  ///     only asks what the model is: no warning changes that, so none is made an error.
  ///   - purpose: whether a required parameter may still be without a value.
  /// Complexity: linear in the template and in the model that comes of it.
  package func render(
    _ given: JSONObject, mode: Mode? = nil, lint settings: LintSettings? = LintSettings(),
    for purpose: ParameterBinding.Purpose
  ) -> Rendering {
    guard let body else {
      return Rendering(
        draft: nil, view: nil, parameters: JSONObject(), mode: nil, diagnostics: findings.sorted,
        blamesValues: false)
    }
    var findings = findings
    let binding = ParameterBinding(
      given, to: definitions, names, section: parametersRange, purpose: purpose)
    let substituted = substitute(binding, in: body, &findings)
    let (draft, view, modeInEffect) = ModelGeneration(
      definitions: definitions, mode: mode,
      source: ModelSource(body.root, parameters: names.all)
    ).run(substituted, &findings)
    let diagnostics = lint.weighed(findings.sorted, by: settings)
    // Only a template that is valid by itself leaves the blame to the values.
    let isByItself = purpose == .inspection && given.members.isEmpty
    let blamesValues =
      diagnostics.hasErrors && !isByItself
      && render(JSONObject(), mode: mode, lint: settings, for: .inspection).isValid
    let secrets = Secrets(definitions, among: given)
    return Rendering(
      draft: draft, view: view, parameters: binding.record(of: metadata.id ?? ""),
      mode: modeInEffect,
      diagnostics: secrets.isEmpty
        ? diagnostics
        : secrets.kept(
          diagnostics,
          known: binding.findings.sorted
            + render(secrets.others, mode: mode, lint: settings, for: purpose).diagnostics),
      blamesValues: blamesValues)
  }

  /// The body with values in place; what is wrong with the values, and what nothing uses, is reported.
  private func substitute(
    _ binding: ParameterBinding, in body: TemplateBody, _ findings: inout Findings
  ) -> DataNode {
    let filled = body.filled(with: BoundValues(binding, body.uses))
    findings.add(contentsOf: filled.findings)
    findings.add(contentsOf: binding.findings)
    findings.add(contentsOf: binding.unknown(besides: body.undeclared))
    // A section that is missing may have used any of them.
    let isWhole = filled.body["grid"]?.isBlank == false && filled.body["nodes"]?.isBlank == false
    for (place, definition) in definitions.enumerated()
    where isWhole && !body.uses.all.contains(place) {
      findings.add(
        ParameterUnused.self, at: definition.nameRange,
        "nothing refers to the parameter \(quoted(definition.name.text))",
        path: "parameters" + definition.name)
    }
    return filled.body
  }
}
