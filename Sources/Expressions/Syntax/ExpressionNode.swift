package import Source

/// One operand, operator or call of an ``Expression``: 32 bytes in a flat array.
package struct ExpressionNode: Hashable, Sendable {
  package enum Kind: UInt8, Hashable, Sendable {
    case number, reference
    case add, subtract, multiply, divide
    case call
    case list
    /// What is missing, or what a mistake keeps from being understood; there is a problem in the text.
    case broken
  }

  package var kind: Kind
  /// A mistake stands between the brackets of a call or a list, so that what they hold may not be what is meant.
  package var isDoubtful = false
  /// The function of a call; nil where the name is that of none.
  package var function: ExpressionFunction?
  /// Bytes of the expression's text, without brackets around the whole operand.
  package var start: Int32
  package var end: Int32
  /// Place of the first operand, argument or item; -1 for none.
  package var first: Int32 = -1
  /// Place of the next operand, argument or item of the same parent; -1 for none.
  package var next: Int32 = -1
  /// Number of operands, arguments or items.
  package var count: Int32 = 0
  /// The value of a number: finite, not below 0.
  package var value = 0.0

  init(_ kind: Kind, _ start: Int, _ end: Int) {
    self.kind = kind
    self.start = Int32(truncatingIfNeeded: start)
    self.end = Int32(truncatingIfNeeded: end)
  }

  package var range: ByteRange { ByteRange(Int(start), Int(end)) }
}
