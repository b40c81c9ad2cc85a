/// What one evaluation may hold at most. A model beyond a limit has one finding that says so.
package struct EngineLimits: Hashable, Sendable {
  /// Columns, those of sub-expressions included.
  package var columnCountMax = 200_000
  /// Columns times bins: 128 MiB of numbers.
  package var valueCountMax = 1 << 24
  /// Numbers of all lists of CONV and of all retry kernels of a model together.
  package var kernelLengthMax = 1 << 18
  /// Steps of CONV in a whole evaluation: bins times lengths of lists.
  package var stepCountMax = 1 << 30

  package init() {}
}
