extension RuleCase {
  /// Rules on what generation makes of a topology.
  static let generation: [RuleCase] =
    [
      queue("queue-arrivals-required", "{id: Desk, kind: queue, «semantics»: {served: load}}"),
      queue(
        "queue-arrivals-required",
        "{id: Desk, kind: dlq, semantics: {«arrivals»: , served: load, queueDepth: self}}"),
      queue(
        "queue-arrivals-required",
        "{id: Desk, kind: dlq, semantics: {arrivals: «'file:a.csv'», served: load}}"),
      queue("queue-outflow-required", "{id: Desk, kind: queue, «semantics»: {arrivals: load}}"),
      queue(
        "queue-outflow-required",
        "{id: Desk, kind: queue, semantics: {arrivals: load, capacity: «'load@gold'»}}"),
      queue(
        "queue-outflow-required",
        "{id: Desk, kind: queue, semantics: {arrivals: load, served: load, errors: «'file:e.csv'»}}"
      ),
      queue(
        "queue-depth-misspelt",
        "{id: Desk, kind: queue, semantics: {arrivals: load, served: load, queueDepth: «desk_queu»}}",
        fixes: ["change to 'desk_queue'"]),
      queue(
        "queue-depth-misspelt",
        "{id: Desk, kind: queue, semantics: {arrivals: load, served: load, queueDepth: «SELF»}}",
        fixes: ["change to 'self'"]),
    ]

  private static func queue(_ code: String, _ node: String, fixes: [String] = []) -> RuleCase {
    func text(_ node: String) -> String {
      """
      schemaVersion: 1
      mode: simulation
      metadata: {id: shop, title: Shop, version: 1.0.0}
      window: {start: "2025-01-01T00:00:00Z", timezone: UTC}
      grid: {bins: 1, binSize: 1, binUnit: hours}
      nodes:
        - {id: load, kind: const, values: [1]}
        - {id: desk_queue, kind: serviceWithBuffer, inflow: load, outflow: load}
      outputs: [{series: "*"}]
      topology:
        nodes:
          - \(node)

      """
    }
    return RuleCase(
      code, in: .template, whole: text(node),
      good: text(
        "{id: Desk, kind: queue, semantics: {arrivals: load, served: load, queueDepth: self}}"),
      fixes: fixes)
  }
}
