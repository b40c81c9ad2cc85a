package import Expressions
import Source

/// The expression of a node.
package final class NodeExpression: Sendable {
  /// Place of the node among ``ModelView/nodes``.
  package let node: Int
  /// Place of the node in the document's list.
  package let index: Int
  package let value: DataNode
  package let expression: Expression
  package let references: [ExpressionReference]
  /// For each of ``references`` the place of its node among ``ModelView/nodes``; -1 where none of them has the name.
  package let targets: [Int]
  /// Everything that is wrong or doubtful in the expression by itself.
  package let problems: [ExpressionProblem]

  init(
    node: Int, index: Int, value: DataNode, expression: Expression,
    references: [ExpressionReference], targets: [Int], problems: [ExpressionProblem]
  ) {
    self.node = node
    self.index = index
    self.value = value
    self.expression = expression
    self.references = references
    self.targets = targets
    self.problems = problems
  }

  package var path: DataPath { "nodes" + index + "expr" }

  /// Whether the text is one of the language: rules that follow references are silent otherwise.
  package var isReadable: Bool { expression.syntaxProblems.isEmpty }

  /// This expression with another text that refers to the same nodes, each lagged or not as before; nil where the text
  /// has problems by itself, or looks at its own past where the other does not.
  ///
  /// - Parameter id: the node's.
  func rewritten(_ text: String, id: ExactString) -> NodeExpression? {
    let other = Expression(text)
    let others = other.references
    guard other.syntaxProblems.isEmpty, other.callProblems.isEmpty,
      others.count == references.count,
      zip(others, references).allSatisfy({ new, old in
        new.name == old.name && new.isLagged == old.isLagged && new.isDoubtful == old.isDoubtful
      }),
      other.selfShifts(of: id).isEmpty == expression.selfShifts(of: id).isEmpty
    else { return nil }
    return NodeExpression(
      node: node, index: index, value: value, expression: other, references: others,
      targets: targets, problems: [])
  }

  /// The fix as one of the document; nil where it is not certain to be the same.
  func fixes(_ fix: FixIt?, in model: ModelView) -> [FixIt] {
    guard let fix, let source = model.source else { return [] }
    let item = model.nodes[node].value.range
    let first = source.firstByte(of: value.range)
    let isQuoted = first == UInt8(ascii: "\"") || first == UInt8(ascii: "'")
    // A value that an alias brings may stand anywhere.
    let isInFlow =
      source.firstByte(of: item) == UInt8(ascii: "{") || !item.contains(value.range)
    var edits: [TextEdit] = []
    for edit in fix.edits {
      guard let edit = value.edit(edit, isBareInFlow: isInFlow && !isQuoted) else { return [] }
      edits.append(edit)
    }
    return [FixIt(fix.title, edits)]
  }
}

extension ModelView {
  /// Reports the problems of one kind in all expressions.
  func report<Violated: Rule>(
    _ kind: ExpressionProblem.Kind, as rule: Violated.Type, _ findings: inout Findings
  ) {
    for expression in expressions.doubtful {
      for problem in expression.problems where problem.kind == kind {
        let meant = reference(meantBy: problem, in: expression)
        let fix = meant.map { FixIt("change to \(quoted($0))", [TextEdit(problem.range, $0)]) }
        findings.add(
          rule, at: expression.value.place(of: problem.range),
          meant.map { "a parameter is not referred to like this; did you mean \(quoted($0))?" }
            ?? problem.message + origin(of: problem, in: expression.value),
          path: expression.path,
          fixIts: findings.isLong ? [] : expression.fixes(fix ?? problem.fix, in: self))
      }
    }
  }

  /// The reference to a parameter for which something else was written.
  private func reference(meantBy problem: ExpressionProblem, in expression: NodeExpression)
    -> String?
  {
    guard problem.kind == .syntax, let source,
      !expression.value.holdsParameter(in: problem.range)
    else { return nil }
    return ForeignReference.meant(
      by: expression.expression.text(in: problem.range), among: source.parameters)
  }

  /// For the message about a number that must be another: which parameter gives it, if one does.
  private func origin(of problem: ExpressionProblem, in value: DataNode) -> String {
    guard problem.kind == .shiftLag || problem.kind == .pulseLiteral,
      value.holdsParameter(in: problem.range),
      let name = source?.parameter(at: value.place(of: problem.range))
    else { return "" }
    return ", which is the value of the parameter \(quoted(name))"
  }
}
