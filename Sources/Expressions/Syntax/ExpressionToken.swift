package import Source

/// A run of bytes of an expression that belongs together. The tokens of a text tile it.
package struct ExpressionToken: Hashable, Sendable {
  package enum Kind: UInt8, Hashable, Sendable {
    case space, number, name
    case plus, minus, times, divide
    case open, close, openList, closeList, comma
    /// Digits that are no number of the language: `.5`, `5.`, `1e-3`, `1_000`.
    case foreignNumber
    /// A word that can name no node: `größe`, `a.b`.
    case foreignName
    /// An operator of other languages: `^`, `==`, `&&`.
    case foreignOperator
    /// Text in quotes.
    case text
    /// From `#` to the end of the line.
    case comment
    /// `${name}`, which no parameter replaced, and what other languages write for it: `$name`, `{{name}}`.
    case placeholder
    /// One character that looks like another one of the language: `−`, `，`.
    case lookAlike
    case invalid
    /// Nothing is left; its range is empty.
    case end
  }

  package var kind: Kind
  package var range: ByteRange

  init(_ kind: Kind, _ start: Int, _ end: Int) {
    self.kind = kind
    range = ByteRange(start, end)
  }
}

/// The tokens of a text, white space included, without the end. Complexity: O(bytes).
package struct ExpressionTokens: Sequence, IteratorProtocol {
  private var lexer: ExpressionLexer

  package init(_ text: String) {
    lexer = ExpressionLexer(Array(text.utf8))
  }

  package mutating func next() -> ExpressionToken? {
    let token = lexer.next()
    return token.kind == .end ? nil : token
  }
}
