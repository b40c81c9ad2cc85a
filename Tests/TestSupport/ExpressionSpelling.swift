package import Expressions
import Source

extension Expression {
  /// The expression in its usual spelling: function names in capitals, no bracket that changes nothing.
  ///
  /// Reading it gives the same tree. What a mistake broke is left out. Complexity: O(bytes).
  package var spelling: String {
    enum Piece {
      case node(Int, inBrackets: Bool)
      case text(String)
    }
    var result = ""
    // Not recursive: a long sum is as deep as it is long.
    var pending = [Piece.node(root, inBrackets: false)]
    while let piece = pending.popLast() {
      let place: Int
      switch piece {
      case .text(let text):
        result += text
        continue
      case .node(let node, let inBrackets):
        place = node
        if inBrackets {
          result += "("
          pending.append(.text(")"))
        }
      }
      let node = nodes[place]
      switch node.kind {
      case .number, .reference: result += text(in: node.range)
      case .broken: continue
      case .add, .subtract, .multiply, .divide:
        let operands = Array(children(of: place))
        guard operands.count == 2 else { continue }
        let rank = node.kind.rank
        pending.append(.node(operands[1], inBrackets: nodes[operands[1]].kind.rank <= rank))
        pending.append(.text(" \(node.kind.sign) "))
        pending.append(.node(operands[0], inBrackets: nodes[operands[0]].kind.rank < rank))
      case .call, .list:
        let isCall = node.kind == .call
        result += isCall ? (node.function?.name ?? name(of: node)) + "(" : "["
        pending.append(.text(isCall ? ")" : "]"))
        for (index, item) in Array(children(of: place)).enumerated().reversed() {
          pending.append(.node(item, inBrackets: false))
          if index > 0 { pending.append(.text(", ")) }
        }
      }
    }
    return result
  }

  /// Whether the other expression computes the same in the same way, wherever its parts stand.
  package func hasSameTree(as other: Expression) -> Bool {
    nodes.count == other.nodes.count
      && zip(nodes, other.nodes).allSatisfy { left, right in
        left.kind == right.kind && left.first == right.first && left.next == right.next
          && left.count == right.count && left.function == right.function
          && left.value == right.value
          && (left.function != nil
            || ExactString(name(of: left)) == ExactString(other.name(of: right)))
      }
  }
}

extension ExpressionNode.Kind {
  /// How tight an operator binds; operands bind tightest.
  fileprivate var rank: Int {
    switch self {
    case .add, .subtract: 0
    case .multiply, .divide: 1
    default: 2
    }
  }

  fileprivate var sign: String {
    switch self {
    case .add: "+"
    case .subtract: "-"
    case .multiply: "*"
    default: "/"
    }
  }
}
