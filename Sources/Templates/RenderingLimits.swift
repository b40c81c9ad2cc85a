/// What one template may grow to when values stand in place of its references and its topology is completed: a small
/// template must not make a model without end. What lies beyond is a ``ModelTooLarge`` finding.
package enum RenderingLimits {
  /// Most numbers that array parameters bring together, and again after their lists are fitted to the grid and profiles
  /// are applied.
  package static let valueCountMax = 2_000_000
  /// Longest text that all scalars with references have together, in bytes: 16 MiB.
  package static let textLengthMax = 16 << 20
  /// Most nodes that are made for the queues and sinks of a topology.
  package static let madeNodeCountMax = 10_000
  /// Most nodes of a model, written and made.
  package static let nodeCountMax = 250_000
  /// Most outputs of a model, written and added.
  package static let outputCountMax = 250_000
}
