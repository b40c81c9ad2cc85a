/// How large a model may be that an Engine runs, and how much all that are run at a time may hold. What one evaluation may
/// hold is bounded beside this by `EngineLimits`.
package struct RunLimits: Hashable, Sendable {
  /// Bytes of a model's text; 16 MiB unless told.
  package var modelLengthMax = 16 << 20
  /// Items of `nodes`; 10,000 unless told.
  package var nodeCountMax = 10_000
  /// Bins of the grid; 10,000 unless told.
  package var binCountMax = 10_000
  /// Bytes of all series of a run as their files have them, where a number may take three hundred digits; 256 MiB unless
  /// told.
  package var seriesLengthMax = 256 << 20
  /// Bytes of a record of provenance as JSON; 1 MiB unless told. The index has its words in memory.
  package var provenanceLengthMax = 1 << 20
  /// Bytes of the texts of all models at a time, from before one is read until its answer is taken; 64 MiB unless told.
  package var heldTextLengthMax = 64 << 20
  /// Numbers of all models at a time, from before one is evaluated until its answer is taken; 33,554,432 unless told, two
  /// of the largest models.
  package var heldValueCountMax = 1 << 25
  /// How long a model may wait for others to give room; 10 s unless told.
  package var busyTimeMax = Duration.seconds(10)

  package init() {}
}
