import FlowModel
import Source

/// Makes the nodes of queues that a topology has and nobody wrote.
///
/// A topology node of kind `serviceWithBuffer`, `queue` or `dlq` holds a queue. Where its `queueDepth` is blank, `self` or
/// a name that no node has, a hidden node of kind `serviceWithBuffer` is made of its arrivals, what is served (or its
/// capacity) and its errors, and `queueDepth` names that.
/// Source: docs/reference/template.md, "Queues and sinks".
struct QueueSynthesis {
  let mode: Mode

  func run(_ draft: inout ModelDraft, _ names: inout NodeNames, _ findings: inout Findings) {
    guard draft.nodes != nil, let count = draft.topologyNodes?.count else {
      // What the missing topology would make is not known.
      if draft.lacksTopology {
        let range = draft.range
        draft.addUnknownNode(at: range)
      }
      return
    }
    var near = NearNames(draft, names)
    var ids: Set<ExactString> = []
    for index in 0..<count {
      guard let node = draft.topologyNodes?[index] else { continue }
      let isFirst = node["id"]?.string.map { ids.insert(ExactString($0)).inserted } ?? true
      guard var item = TopologyItem(node, at: index), isFirst else {
        // Without semantics, or with the id of another, it may hold a queue of any name.
        draft.addUnknownNode(at: node.range)
        continue
      }
      let kind = item.kind
      if kind.mayHoldQueue {
        // Somebody may name the node that would be made.
        draft.addUnknownNode(at: item.range, isSlip: item.value["kind"]?.string != nil)
        continue
      }
      guard kind.known?.hasQueue == true else { continue }
      guard let request = QueueRequest(item.semantics["queueDepth"], isNode: names.has) else {
        continue
      }
      guard canMake(item, request) else { continue }
      let origin = request.place ?? item.range
      let id = name(item, request, at: origin, &names, &near, &findings)
      TopologyItem.checkID(id, item.path + "queueDepth", &findings)
      let causes = item.causesOfKind(and: .queueDepth)
      let queue = queue(id, &item, request, at: origin, &findings).adding(causes)
      guard draft.make(queue, of: item, &findings) else { return }
      // Somebody may name the queue as `self` would have it.
      if case .named(let name, _) = request, near.meant(by: name) == "self" {
        draft.addUnknownNode(at: origin, isSlip: true)
      }
      // A name that was written stands there whatever is made.
      if case .named = request {
        item.set(.queueDepth, id)
      } else {
        item.set(.queueDepth, id.adding(causes))
      }
      draft.topologyNodes?[index] = item.written
    }
  }

  /// Measurements may lack what a queue is made of; then there is none, unless it is asked for.
  private func canMake(_ item: TopologyItem, _ request: QueueRequest) -> Bool {
    guard mode == .telemetry, case .nothing = request else { return true }
    guard case .node = item.series(.arrivals), case .node = outflow(of: item).series else {
      return false
    }
    return true
  }

  private func outflow(of item: TopologyItem) -> (
    field: SemanticsField, series: TopologyItem.Series
  ) {
    let served = item.series(.served)
    guard case .blank = served else { return (.served, served) }
    return (.capacity, item.series(.capacity))
  }

  private func name(
    _ item: TopologyItem, _ request: QueueRequest, at origin: ByteRange, _ names: inout NodeNames,
    _ near: inout NearNames, _ findings: inout Findings
  ) -> DataNode {
    switch request {
    case .unknown: return DataNode(.unknown, at: origin)
    case .nothing, .own: return item.freeName("_queue", at: origin, &names)
    case .named(let name, let value):
      if let meant = near.meant(by: name) {
        QueueDepthMisspelt.report(value, meant: meant, item.path + "queueDepth", &findings)
      }
      names.take(name, from: value)
      return value
    }
  }

  /// The node of the queue; what is missing is reported, and then unknown in the item too.
  private func queue(
    _ id: DataNode, _ item: inout TopologyItem, _ request: QueueRequest, at origin: ByteRange,
    _ findings: inout Findings
  ) -> DataNode {
    var entries: [(ExactString, DataNode)] = [
      ("id", id), ("kind", DataNode(made: NodeKind.serviceWithBuffer.rawValue, at: origin)),
    ]
    let place = request.place ?? item.range
    switch item.series(.arrivals) {
    case .node(let name, let value): entries.append(("inflow", value.naming(name)))
    case .blank:
      QueueArrivalsRequired.report(missing: item, asked: place, &findings)
      item.silence(.arrivals)
    case .other(let value):
      QueueArrivalsRequired.report(value, item, &findings)
      item.silence(.arrivals)
    }
    let outflow = outflow(of: item)
    switch outflow.series {
    case .node(let name, let value):
      // That the capacity flows out is for what stands in `served`.
      let served = Causes(item.semantics["served"])
      entries.append(("outflow", value.naming(name).adding(served.names)))
    case .blank:
      QueueOutflowRequired.report(missing: item, asked: place, &findings)
      item.silence(.served)
    case .other(let value):
      QueueOutflowRequired.report(value, outflow.field, item, &findings)
      item.silence(outflow.field)
    }
    switch item.series(.errors) {
    case .node(let name, let value): entries.append(("loss", value.naming(name)))
    case .blank: break
    case .other(let value):
      QueueOutflowRequired.report(value, .errors, item, &findings)
      item.silence(.errors)
    }
    if let schedule = item.value["dispatchSchedule"], !schedule.isNull {
      entries.append(("dispatchSchedule", schedule))
    }
    entries.append(("metadata", TopologyItem.hidden(at: origin)))
    return DataNode(made: entries, at: origin)
  }

}

extension DataNode {
  /// The value with the bare name of a node in it; as it is where the name is not known.
  fileprivate func naming(_ name: ExactString?) -> DataNode {
    guard let name else { return self }
    return DataNode(.string(name.text), at: range, causes: causes)
  }
}

extension ModelDraft {
  /// Adds a node that is made of a topology node.
  ///
  /// - Returns: false beyond a bound, which is then reported; names that are missing may be those of nodes that were not
  ///   made.
  mutating func make(_ node: DataNode, of item: TopologyItem, _ findings: inout Findings) -> Bool {
    guard let count = nodes?.count else { return false }
    let bound: ModelTooLarge.Bound? =
      if count - writtenNodeCount >= RenderingLimits.madeNodeCountMax {
        .madeNodes
      } else if count >= RenderingLimits.nodeCountMax {
        .nodes
      } else {
        nil
      }
    guard let bound else {
      nodes?.append(node)
      return true
    }
    ModelTooLarge.report(bound, at: item.range, "topology" + "nodes" + item.index, &findings)
    addUnknownNode(at: item.range)
    return false
  }
}
