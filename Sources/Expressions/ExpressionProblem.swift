package import Source

/// Something wrong or doubtful in an expression.
///
/// Ranges, also those of the fix, are bytes of the expression's own text.
package struct ExpressionProblem: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// The text is not of the language.
    case syntax
    case functionUnknown
    case argumentCount
    /// The lag of SHIFT is not a whole number that is written out.
    case shiftLag
    /// The period or the phase of PULSE is not a whole number that is written out.
    case pulseLiteral
    /// A list stands where none may, or there is none where one must be.
    case listMisplaced
    /// The divisor is always 0.
    case divisionByZero
    /// The lower bound of CLAMP is always above the upper.
    case clampInverted
    /// An argument of MIN or MAX is never the result.
    case branchIdle
    /// The result is below 0 in every bin.
    case alwaysNegative
  }

  package var kind: Kind
  /// The smallest text that must change.
  package var range: ByteRange
  /// Lower case, no full stop.
  package var message: String
  package var fix: FixIt?

  package init(_ kind: Kind, at range: ByteRange, _ message: String, fix: FixIt? = nil) {
    self.kind = kind
    self.range = range
    self.message = message
    self.fix = fix
  }
}
