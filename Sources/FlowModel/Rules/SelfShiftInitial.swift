import Expressions
package import Source

/// A node reads its own past with SHIFT, and the topology does not say what it starts with.
///
/// Range: the topology node whose `semantics.queueDepth` is the node, or the call of SHIFT where there is none. Related:
/// the other of the two. Without a topology the past is 0. Source: docs/reference/expressions.md, "Cycles".
package enum SelfShiftInitial: ModelRule {
  package static let code = DiagnosticCode(rawValue: "self-shift-initial")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    guard let topology = model.root["topology"], case .mapping = topology.content,
      topology["nodes"]?.isUnknown != true
    else { return }
    for expression in model.expressions.all {
      guard expression.isReadable, let id = model.nodes[expression.node].value["id"]?.string,
        let call = expression.expression.selfShifts(of: ExactString(id)).first
      else { continue }
      let place = expression.value.place(of: call)
      let queues = model.topologyNodes.filter { queue in
        queue.value["semantics"]?["queueDepth"]?.string.map { ExactString($0) } == ExactString(id)
      }
      guard let queue = queues.first else {
        if hasUnknownQueue(model) { continue }
        findings.add(
          SelfShiftInitial.self, at: place,
          "\(quoted(id)) reads its own past, and is the queueDepth of no topology node that says what it starts with",
          path: expression.path)
        continue
      }
      if queues.contains(where: says) { continue }
      findings.add(
        SelfShiftInitial.self,
        at: queue.value.entry("initialCondition")?.keyRange ?? queue.value["id"]?.range
          ?? queue.value.range,
        "\(quoted(id)) reads its own past, and needs initialCondition.queueDepth to start with",
        path: "topology" + "nodes" + queue.index + "initialCondition",
        related: [Related(place, "\(quoted(id)) reads its own past here")])
    }
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
