package import Engine
package import FlowModel
package import JSON
package import Source
package import Templates

/// What a model gives when it is run, without storing anything: for those who are about to change it.
package enum PreviewModel {
  package enum Subject: Sendable {
    /// The model that `generate` would make.
    case template(TemplateChoice, parameters: JSONObject, mode: Mode?, lint: LintSettings)
    case model(SourceText)
  }

  package struct Result: Sendable {
    /// What was run.
    package let model: SourceText
    /// The text in which the diagnostics stand: the template, or the model.
    package let text: SourceText
    /// Warnings: with an error there is no result.
    package let diagnostics: [Diagnostic]
    package let grid: Plan.Grid
    /// Those that were asked for, in the order of the model.
    package let series: [Series]
    package let warnings: [RunWarning]
  }

  /// What keeps a question from being one.
  package enum Problem: Error, Sendable {
    case failure(OperationFailure)
    case seriesUnknown(String, near: String?)
    /// More numbers than ``valueCountMax`` would be in the result.
    case tooManyValues(seriesCount: Int, bins: Int)
  }

  /// Numbers of all series of a result together.
  package static let valueCountMax = 1 << 20

  /// - Parameter names: the series that are wanted, by id, or by the name of their column for its totals and classes; nil
  ///   for all.
  package static func run(
    _ subject: Subject, series names: [String]? = nil, in snapshot: Snapshot,
    valueCountMax: Int = valueCountMax, _ monitor: WorkMonitor = .unwatched
  ) throws(Problem) -> Result {
    var (model, text, diagnostics) = try read(subject, in: snapshot, monitor)
    let (evaluation, findings) = try evaluate(model, monitor)
    // What a run of a template's model leaves out has its place in the model alone.
    if case .model = subject {
      diagnostics += findings.filter { finding in
        !diagnostics.contains { $0.range == finding.range && $0.code == finding.code }
      }
      diagnostics.sort()
    }
    let series = try names.map { names throws(Problem) in
      try select(names, evaluation.series)
    }
    let selected = series ?? evaluation.series
    let bins = evaluation.grid.bins
    guard selected.count <= valueCountMax / max(1, bins) else {
      throw .tooManyValues(seriesCount: selected.count, bins: bins)
    }
    return Result(
      model: model, text: text, diagnostics: diagnostics, grid: evaluation.grid, series: selected,
      warnings: evaluation.warnings)
  }

  private static func read(
    _ subject: Subject, in snapshot: Snapshot, _ monitor: WorkMonitor
  ) throws(Problem) -> (model: SourceText, text: SourceText, diagnostics: [Diagnostic]) {
    do throws(OperationFailure) {
      switch subject {
      case .model(let text):
        let diagnostics = try ValidateModel.run(text, monitor)
        guard !diagnostics.hasErrors else { throw .modelInvalid(text, diagnostics) }
        return (text, text, diagnostics)
      case .template(let choice, let parameters, let mode, let lint):
        let template = try snapshot.template(choice, monitor)
        let rendered = try snapshot.model(
          of: template, choice, parameters, mode: mode, lint: lint, monitor)
        return (rendered.text, template.text, rendered.diagnostics)
      }
    } catch {
      throw .failure(error)
    }
  }

  private static func evaluate(
    _ model: SourceText, _ monitor: WorkMonitor
  ) throws(Problem) -> (Evaluation, findings: [Diagnostic]) {
    do throws(OperationFailure) {
      try monitor.begin(.evaluating)
      let (plan, findings) = Plan.compile(ModelDocument(model))
      guard let plan else { throw .modelInvalid(model, findings) }
      guard let evaluation = plan.evaluate(goesOn: { _ in monitor.isWatching }) else {
        throw .stopped
      }
      return (evaluation, findings)
    } catch {
      throw .failure(error)
    }
  }

  private static func select(_ names: [String], _ series: [Series]) throws(Problem) -> [Series] {
    let wanted = Set(names.map { ExactString($0) })
    var found: Set<ExactString> = []
    let selected = series.filter { one in
      let matching = [ExactString(one.id), ExactString(one.column)].filter { wanted.contains($0) }
      found.formUnion(matching)
      return !matching.isEmpty
    }
    if let missing = names.first(where: { !found.contains(ExactString($0)) }) {
      throw .seriesUnknown(
        missing, near: Suggestion.only(missing, among: series.flatMap { [$0.column, $0.id] }))
    }
    return selected
  }
}
