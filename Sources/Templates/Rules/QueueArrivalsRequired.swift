import FlowModel
package import Source

/// A queue is to be made of a topology node without arrivals, or with arrivals that are no node's series.
///
/// Range: the `arrivals` key without a value, or the `semantics` key; the value, where that cannot be used.
/// Related: the `queueDepth` that asks for the queue. Source: docs/reference/template.md, "Queues and sinks".
package enum QueueArrivalsRequired: Rule {
  package static let code = DiagnosticCode(rawValue: "queue-arrivals-required")

  static func report(
    missing item: TopologyItem, asked place: ByteRange, _ findings: inout Findings
  ) {
    findings.add(
      QueueArrivalsRequired.self, at: item.placeOfMissing("arrivals"),
      "the queue of \(item.name) is made of its arrivals, and it has none",
      path: item.path + "arrivals", related: item.related(place))
  }

  static func report(_ value: DataNode, _ item: TopologyItem, _ findings: inout Findings) {
    findings.add(
      QueueArrivalsRequired.self, at: value.range,
      "the queue of \(item.name) is made of the series of nodes, and its arrivals are \(value.described)",
      path: item.path + "arrivals")
  }
}

extension TopologyItem {
  /// Where a queue is asked for, unless that is where the finding stands.
  func related(_ place: ByteRange) -> [Related] {
    place == range ? [] : [Related(place, "the queue is asked for here")]
  }
}
