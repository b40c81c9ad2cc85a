import FlowModel
import Source

/// Adds an output for every series that a topology node names and no output lists, so that a run can show the node.
///
/// Source: docs/reference/template.md, "Outputs".
struct OutputCompletion {
  /// Fields that name a series, without those that only limit retries, in the order in which outputs are added.
  static let fields = SemanticsField.allCases.filter {
    $0.isSeries && $0 != .exhaustedFailures && $0 != .retryBudgetRemaining
  }.map { ExactString($0.rawValue) }

  func run(_ draft: inout ModelDraft, _ findings: inout Findings) {
    guard let topologyNodes = draft.topologyNodes, var outputs = draft.outputs else { return }
    var listed: Set<ExactString> = []
    listed.reserveCapacity(outputs.count + topologyNodes.count)
    for output in outputs {
      if let series = output["series"]?.string { listed.insert(ExactString(series)) }
    }
    for (index, node) in topologyNodes.enumerated() {
      guard let item = TopologyItem(node, at: index) else { continue }
      for field in OutputCompletion.fields {
        guard let value = item.semantics[field], !value.isBlank,
          let text = value.string, let id = SeriesReference(text).node,
          listed.insert(id).inserted
        else { continue }
        guard outputs.count < RenderingLimits.outputCountMax else {
          ModelTooLarge.report(.outputs, at: value.range, item.path + field, &findings)
          return
        }
        let series = DataNode(made: id.text, at: value.range, causes: value.causes)
        outputs.append(DataNode(made: [("series", series)], at: value.range))
      }
    }
    draft.outputs = outputs
  }
}
