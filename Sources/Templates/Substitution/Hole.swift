import FlowModel
import Source

/// A scalar that parameters fill: cut into its pieces once, when the template is read.
struct Hole: Sendable {
  enum Piece: Sendable {
    case literal(String)
    /// A parameter by its place among the definitions.
    case parameter(Int)
  }

  /// The scalar.
  let range: ByteRange
  /// Its pieces among those of all holes.
  let pieces: Range<Int>
  /// Names of its parameters in order of appearance, each once.
  let causes: [ExactString]
  /// Whether the scalar is one reference and nothing else, so that it takes the value's type.
  let isWhole: Bool
  /// Whether it is an expression, which has a syntax of its own for numbers.
  let isExpression: Bool
  /// Whether something else in it has no meaning: it stays unknown, whatever the values are.
  let isBroken: Bool
  /// Of an expression: where each of its pieces stands in the template.
  let places: [TextPieces]
}
