import Engine
import JSON
import JSONRPC
import Operations
import Source
import Wire

extension Handlers {
  func preview(_ params: PreviewMethod.Params) throws(RPCError) -> PreviewMethod.Result {
    let subject: PreviewModel.Subject
    var uri: String?
    switch params.subject {
    case .model(let text): subject = .model(SourceText(text))
    case .template(let template):
      let choice: TemplateChoice
      (choice, uri) = try self.choice(template)
      subject = .template(
        choice, parameters: params.parameters, mode: try mode(params.mode),
        lint: try lint(params.lint))
    }
    do throws(PreviewModel.Problem) {
      let result = try PreviewModel.run(subject, series: params.series, in: snapshot, monitor)
      return PreviewMethod.Result(
        model: result.model.string, bins: result.grid.bins, binSize: result.grid.binSize,
        binUnit: result.grid.binUnit, series: result.series.map { PreviewMethod.Series($0) },
        warnings: result.warnings.map {
          PreviewMethod.Warning(nodeID: $0.nodeID, code: $0.code, message: $0.message)
        },
        diagnostics: wire(result.diagnostics, in: result.text, uri: uri))
    } catch {
      switch error {
      case .failure(let failure): throw RPCError(failure, encoding, uri: uri)
      case .seriesUnknown(let name, let near):
        throw .invalidParams(
          "params.series: the model has no series \(quoted(name))"
            + (near.map { "; did you mean \(quoted($0))?" } ?? ""))
      case .tooManyValues(let seriesCount, let bins):
        throw .invalidParams(
          "params.series: \(seriesCount) series of \(bins) bins are more than"
            + " \(PreviewModel.valueCountMax) numbers (previewValueCountMax); name those that are wanted"
        )
      }
    }
  }
}

extension PreviewMethod.Series {
  fileprivate init(_ series: Engine.Series) {
    self.init(
      id: series.id, name: series.column, className: series.className, kind: series.kind.rawValue,
      unit: series.unit,
      values: series.values.map { value in JSONNumber(value).map { .number($0) } ?? .null })
  }
}
