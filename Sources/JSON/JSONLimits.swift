/// What a JSON text may cost.
package struct JSONLimits: Hashable, Sendable {
  /// The deepest that a parser follows, whatever ``depthMax`` says: recursion must end before the stack does.
  package static let depthCeiling = 1_024

  /// Arrays and objects within one another; 256 unless told. More than ``depthCeiling`` counts as that.
  package var depthMax = 256
  /// Bytes of the whole text; 64 MiB unless told.
  package var textLengthMax = 64 << 20
  /// Values of all kinds, the root included; 4 million unless told.
  ///
  /// A text of a few bytes per value takes ten times its length in memory: this is what bounds it.
  package var valueCountMax = 4_000_000

  package init() {}
}
