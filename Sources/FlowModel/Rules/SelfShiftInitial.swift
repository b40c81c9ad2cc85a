import Expressions
package import Source

/// A node reads its own past with SHIFT, and the topology does not say what it starts with.
///
/// Range: the topology node whose `semantics.queueDepth` is the node, or the call of SHIFT where there is none. Related:
/// the other of the two. Without a topology the past is 0. What a topology node's queue starts with says nothing of another
/// node that merely has the topology node's id. Source: docs/reference/expressions.md, "Cycles".
package enum SelfShiftInitial: ModelRule {
  package static let code = DiagnosticCode(rawValue: "self-shift-initial")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    guard let topology = model.root["topology"], case .mapping = topology.content,
      topology["nodes"]?.isUnknown != true
    else { return }
    let selfShifts = selfShifts(in: model)
    if selfShifts.isEmpty { return }
    let queues = queues(of: model)
    let hasUnknownQueue = hasUnknownQueue(model)
    for (expression, id, call) in selfShifts {
      let place = expression.value.place(of: call)
      guard let queue = queues[ExactString(id)] else {
        if hasUnknownQueue { continue }
        findings.add(
          SelfShiftInitial.self, at: place,
          "\(quoted(id)) reads its own past, and is the queueDepth of no topology node that says what it starts with",
          path: expression.path)
        continue
      }
      if says(queue) { continue }
      findings.add(
        SelfShiftInitial.self,
        at: queue.value.entry("initialCondition")?.keyRange ?? queue.value["id"]?.range
          ?? queue.value.range,
        "\(quoted(id)) reads its own past, and needs initialCondition.queueDepth to start with",
        path: "topology" + "nodes" + queue.index + "initialCondition",
        related: [Related(place, "\(quoted(id)) reads its own past here")])
    }
  }

  private static func selfShifts(in model: ModelView) -> [(
    expression: NodeExpression, id: String, call: ByteRange
  )] {
    model.expressions.all.compactMap { expression in
      guard expression.isReadable, let id = model.nodes[expression.node].value["id"]?.string,
        let call = expression.expression.selfShifts(of: ExactString(id)).first
      else { return nil }
      return (expression, id, call)
    }
  }

  /// For each node the topology node whose queue it is; where several say so, the first that says what it starts with.
  private static func queues(of model: ModelView) -> [ExactString: ModelView.Item] {
    var queues: [ExactString: ModelView.Item] = [:]
    for item in model.topologyNodes {
      guard let text = item.value["semantics"]?["queueDepth"]?.string,
        let node = SeriesReference(text).node
      else { continue }
      if let other = queues[node], says(other) || !says(item) { continue }
      queues[node] = item
    }
    return queues
  }

  /// Whether a topology node says what its queue starts with, or may say it.
  private static func says(_ queue: ModelView.Item) -> Bool {
    guard let condition = queue.value["initialCondition"], !condition.isNull else { return false }
    if condition.isUnknown { return true }
    return condition["queueDepth"].map { !$0.isNull } ?? false
  }

  /// Whether the queue of some topology node is not known.
  private static func hasUnknownQueue(_ model: ModelView) -> Bool {
    model.root["topology"]?["nodes"]?.items.contains { item in
      item.isUnknown || item["semantics"]?.isUnknown == true
        || item["semantics"]?["queueDepth"]?.isUnknown == true
    } ?? false
  }
}
