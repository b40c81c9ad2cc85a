/// What one expression may hold at most.
///
/// A text beyond a limit has one problem that says so, and what comes after the limit is not looked at.
package enum ExpressionLimits {
  /// Bytes of the text.
  package static let textLengthMax = 1 << 18
  /// Tokens other than white space.
  package static let tokenCountMax = 1 << 16
  /// Brackets around one operand.
  package static let depthMax = 100
  /// Problems that are reported; those after them are left out.
  package static let problemCountMax = 100
  /// Bytes of a call that a fix writes anew; calls within calls would repeat what they hold at each depth.
  static let rewrittenLengthMax = 1_000
  /// Bins by which a series may be moved, and bins of a period.
  package static let binCountMax = 2_147_483_647
}
