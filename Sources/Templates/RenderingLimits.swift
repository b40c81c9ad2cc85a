/// What one template may grow to when values stand in place of its references: a small template must not make a model
/// without end. What lies beyond is a ``ModelTooLarge`` finding.
package enum RenderingLimits {
  /// Most numbers that array parameters bring together, before and again after their lists are fitted to the grid.
  package static let valueCountMax = 2_000_000
  /// Longest text that all scalars with references have together, in bytes: 16 MiB.
  package static let textLengthMax = 16 << 20
}
