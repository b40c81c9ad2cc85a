import Source

/// What the rules on series that a kind of topology node needs share.
enum NeededSeries {
  /// The nodes whose needs are looked at here, each with its kind.
  ///
  /// A queue that is to be made has needs of its own, which the rules on making it look at.
  static func all(_ model: ModelView) -> [(
    node: TopologyNode, kind: TopologyKind?, semantics: Semantics
  )] {
    model.topology.compactMap { node in
      guard let (kind, semantics) = node.checked(),
        !isQueueToBeMade(kind, semantics[.queueDepth], model)
      else { return nil }
      return (node, kind, semantics)
    }
  }

  static func isQueueToBeMade(
    _ kind: TopologyKind?, _ queueDepth: DataEntry?, _ model: ModelView
  ) -> Bool {
    guard model.origin == .template, kind?.hasQueue == true else { return false }
    return switch QueueRequest(queueDepth?.value, isNode: model.nodeIDs.mayHave) {
    case .nothing, .own, .named: true
    case .unknown, nil: false
    }
  }

  /// Reports that a node lacks series, at the first of them that is written but empty, or at the `semantics` key.
  static func report<Violated: Rule>(
    _ rule: Violated.Type, _ node: TopologyNode, _ semantics: Semantics,
    lacking fields: [SemanticsField], _ message: String, _ findings: inout Findings
  ) {
    guard let first = fields.first else { return }
    findings.add(
      rule, at: fields.lazy.compactMap { semantics[$0]?.keyRange }.first ?? semantics.keyRange,
      "\(node.path) \(message)",
      path: node.path + "semantics" + ExactString(first.rawValue))
  }
}
