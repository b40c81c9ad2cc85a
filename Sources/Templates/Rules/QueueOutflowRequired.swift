import FlowModel
package import Source

/// A queue is to be made of a topology node of which neither `served` nor `capacity` says what leaves it, or what leaves
/// it, `errors` included, is no node's series.
///
/// Range: the `served` key without a value, or the `semantics` key; the value, where that cannot be used.
/// Related: the `queueDepth` that asks for the queue. Source: docs/reference/template.md, "Queues and sinks".
package enum QueueOutflowRequired: Rule {
  package static let code = DiagnosticCode(rawValue: "queue-outflow-required")

  static func report(
    missing item: TopologyItem, asked place: ByteRange, _ findings: inout Findings
  ) {
    findings.add(
      QueueOutflowRequired.self, at: item.placeOfMissing("served"),
      "the queue of \(item.name) needs something that leaves it: 'served' or 'capacity'",
      path: item.path + "served", related: item.related(place))
  }

  static func report(
    _ value: DataNode, _ field: SemanticsField, _ item: TopologyItem, _ findings: inout Findings
  ) {
    findings.add(
      QueueOutflowRequired.self, at: value.range,
      "the queue of \(item.name) is made of the series of nodes, and its \(field.rawValue) is \(value.described)",
      path: item.path + ExactString(field.rawValue))
  }
}
