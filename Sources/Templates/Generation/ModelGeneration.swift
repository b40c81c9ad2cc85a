import FlowModel
import Source
import YAML

/// Makes the model of a template whose values are in place, step by step.
///
/// Source: docs/reference/template.md.
/// Complexity: linear in the body and in the model; every step but the rules is a loop over one list.
struct ModelGeneration {
  let definitions: [ParameterDefinition]
  /// The mode that was asked for; nil where the template's own counts.
  let mode: Mode?
  /// The template that was read, for fixes.
  let source: ModelSource

  /// - Returns: the model before ``Shape/projected(_:)``, half-done where there are errors; the model as rules looked at
  ///   it; and the mode it is for, nil for the usual one, a simulation that nobody had to ask for.
  func run(_ body: DataNode, _ findings: inout Findings) -> (
    draft: DataNode, view: ModelView, mode: Mode?
  ) {
    var draft = ModelDraft(shaped(body, &findings))
    let own = draft.mode
    let mode = mode ?? own
    ArrayFitting(definitions: definitions).fit(&draft, &findings)
    var names = NodeNames(draft, source.tree.text)
    QueueSynthesis(mode: mode).run(&draft, &names, &findings)
    SinkSynthesis().run(&draft, &names, &findings)
    ParallelismDefault().run(&draft)
    let view = view(of: draft, mode)
    ModelRules.check(view, &findings)
    if !findings.hasErrors, let draft = draft.withoutSlips {
      // Names that were taken for those of queues are those of nothing, so that the slip is no matter of taste.
      var missing = Findings()
      ModelRules.check(self.view(of: draft, mode), &missing)
      if missing.hasErrors {
        findings.makeErrors(of: [TopologyKindMisspelt.code, QueueDepthMisspelt.code])
      }
    }
    if !findings.hasErrors {
      ProfileApplication().run(&draft, &findings)
      OutputCompletion().run(&draft, &findings)
    }
    draft.dropUnknownNodes()
    draft.startWithWindow()
    draft.finish()
    let isUsual = mode == .simulation && own == .simulation
    return (draft.tree, view, isUsual ? nil : mode)
  }

  private func view(of draft: ModelDraft, _ mode: Mode) -> ModelView {
    ModelView(
      draft.tree, origin: .template, mode: mode, writtenNodeCount: draft.writtenNodeCount,
      source: source)
  }

  private func shaped(_ body: DataNode, _ findings: inout Findings) -> DataNode {
    var shaper = Shaper(origin: .template, parameters: source.parameters)
    let shaped = shaper.fit(body, Shape.model)
    findings.add(contentsOf: shaper.findings)
    OutputsEmpty.check(body, isMeant: shaped["outputs"]?.isUnknown == true, &findings)
    OutputIDMissing.check(body, &findings)
    return shaped
  }
}
