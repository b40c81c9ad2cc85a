import FlowModel
import Source

/// A service with a buffer works at one thing at a time unless its `parallelism` says otherwise.
///
/// Source: docs/reference/template.md, "Queues and sinks".
struct ParallelismDefault {
  func run(_ draft: inout ModelDraft) {
    guard let count = draft.topologyNodes?.count else { return }
    for index in 0..<count {
      guard let node = draft.topologyNodes?[index], var item = TopologyItem(node, at: index),
        item.semantics["parallelism"]?.isBlank ?? true, item.kind.known == .serviceWithBuffer
      else { continue }
      let one = DataNode(.number(.integer(1)), at: item.range)
      item.set(.parallelism, one.adding(item.causesOfKind(and: .parallelism)))
      draft.topologyNodes?[index] = item.written
    }
  }
}
