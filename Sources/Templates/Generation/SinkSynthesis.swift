import FlowModel
import Source

/// Says what a sink serves where its author does not: everything that arrives, but for its errors.
///
/// Source: docs/reference/template.md, "Queues and sinks".
struct SinkSynthesis {
  func run(_ draft: inout ModelDraft, _ names: inout NodeNames, _ findings: inout Findings) {
    guard draft.nodes != nil, let count = draft.topologyNodes?.count else { return }
    var isFull = false
    for index in 0..<count {
      guard let node = draft.topologyNodes?[index], var item = TopologyItem(node, at: index),
        case .blank = item.series(.served), item.kind.known == .sink
      else { continue }
      var causes = Causes(named: item.causesOfKind(and: .served))
      causes.add(item.semantics["errors"])
      switch (item.series(.arrivals), item.series(.errors)) {
      case (.node(_, let arrivals), .blank), (.other(let arrivals), .blank):
        item.set(.served, arrivals.adding(causes.names))
      case (.node(let arrivals, let inflow), .node(let errors, let loss)):
        let id = item.freeName("_served", at: item.range, &names)
        TopologyItem.checkID(id, item.path + "served", &findings)
        let text = arrivals.flatMap { arrivals in
          errors.map { "MAX(0, \(arrivals.text) - \($0.text))" }
        }
        let served = DataNode(
          made: [
            ("id", id), ("kind", DataNode(made: NodeKind.expr.rawValue, at: item.range)),
            (
              "expr",
              DataNode(
                text.map { .string($0) } ?? .unknown, at: item.range,
                causes: Causes(inflow, loss).names)
            ),
            ("metadata", TopologyItem.hidden(at: item.range)),
          ], at: item.range)
        if !isFull, draft.make(served.adding(causes.names), of: item, &findings) {
          item.set(.served, id.adding(causes.names))
        } else {
          isFull = true
          item.silence(.served)
        }
      // Without arrivals, or where no node has them, a rule asks for the rest.
      case (.blank, _), (.other, _), (_, .other): continue
      }
      draft.topologyNodes?[index] = item.written
    }
  }
}
