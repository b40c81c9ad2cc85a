package import Source

/// An expression that was read: a flat tree, and what is wrong with its text.
///
/// Nodes stand after their operands and arguments, in the order in which they are evaluated; the last one is the root. To
/// evaluate, walk the array from its start. Walking down recursively is not safe: a long sum is as deep as it is long.
/// Brackets have no nodes. Source: docs/reference/expressions.md.
package struct Expression: Hashable, Sendable {
  package let text: String
  /// Never empty.
  package let nodes: [ExpressionNode]
  /// What keeps the text from being an expression, by range. While there is any, nothing may be evaluated.
  package let syntaxProblems: [ExpressionProblem]

  /// Reads any text. Complexity: O(bytes), in time and in memory.
  ///
  /// - Parameter isWide: whether what an Engine reads beyond the language is read too: `-x`, which becomes `0 - x`, also
  ///   in lists, `1e-3`, `.5` and `42.`.
  package init(_ text: String, isWide: Bool = false) {
    var parser = ExpressionParser(Array(text.utf8), isWide: isWide)
    parser.parse()
    self.text = text
    nodes = parser.nodes
    syntaxProblems = parser.problems
  }

  /// Place of the root among ``nodes``.
  package var root: Int { nodes.count - 1 }

  /// The text of a range; bytes outside the text are left out.
  package func text(in range: ByteRange) -> String {
    let bytes = text.utf8
    let start = bytes.index(bytes.startIndex, offsetBy: min(range.start, bytes.count))
    let end = bytes.index(bytes.startIndex, offsetBy: min(range.end, bytes.count))
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// The name that a reference or a call begins with; empty for other nodes.
  package func name(of node: ExpressionNode) -> String { text(in: nameRange(of: node)) }

  /// Where ``name(of:)`` stands.
  package func nameRange(of node: ExpressionNode) -> ByteRange {
    switch node.kind {
    case .reference: return node.range
    case .call:
      let span = text.utf8Span.span
      var end = Int(node.start)
      while end < span.count, ExpressionLexer.isNamePart(span[end]) { end += 1 }
      return ByteRange(Int(node.start), end)
    default: return ByteRange(at: Int(node.start))
    }
  }

  /// Places of the operands, arguments or items of a node, in order.
  package func children(of place: Int) -> ExpressionChildren {
    ExpressionChildren(nodes: nodes, place: nodes.indices.contains(place) ? nodes[place].first : -1)
  }
}

/// Places of nodes that have one parent, in order.
package struct ExpressionChildren: Sequence, IteratorProtocol {
  let nodes: [ExpressionNode]
  var place: Int32

  package mutating func next() -> Int? {
    guard place >= 0 else { return nil }
    let found = Int(place)
    place = nodes[found].next
    return found
  }
}
