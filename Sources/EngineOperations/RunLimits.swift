/// How large a model may be that an Engine runs. What one evaluation may hold is bounded beside this by `EngineLimits`.
package struct RunLimits: Hashable, Sendable {
  /// Bytes of a model's text; 16 MiB unless told.
  package var modelLengthMax = 16 << 20
  /// Items of `nodes`; 10,000 unless told.
  package var nodeCountMax = 10_000
  /// Bins of the grid; 10,000 unless told.
  package var binCountMax = 10_000

  package init() {}
}
