import Expressions
import Source
import TestSupport

/// Any text is read to its end, with problems that lie in it; a right one is what its usual spelling is.
func fuzzExpression(_ bytes: Span<UInt8>) {
  let string = String(decoding: bytes.prefixArray(16_384), as: UTF8.self)
  let text = SourceText(string)
  demandTokensTile(text, string)
  let expression = Expression(string)
  let problems = expression.syntaxProblems
  demandInPlace(problems, in: text)
  demandInPlace(expression.callProblems, in: text)
  demandTree(expression, in: text)
  let references = expression.references
  Invariant.demand(
    references.map(\.range) == references.map(\.range).sorted(), "references stand in order")
  for reference in references {
    Invariant.demand(
      text.string(in: reference.range) == reference.name.text, "a reference is its text")
    _ = expression.selfShifts(of: reference.name)
  }
  for bounds in [nil, Interval(-3, 0), Interval(1, 2)] {
    let doubts = expression.doubts { _ in bounds }
    demandInPlace(doubts, in: text)
    Invariant.demand(problems.isEmpty || doubts.isEmpty, "what is broken is not doubted")
  }
  let spelling = expression.spelling
  guard problems.isEmpty else { return }
  let again = Expression(spelling)
  let shown = "\(Invariant.shown(text.bytes)) as \(Invariant.shown(spelling.utf8))"
  Invariant.demand(again.syntaxProblems.isEmpty, "the usual spelling is right: \(shown)")
  Invariant.demand(
    expression.hasSameTree(as: again), "the usual spelling has the same tree: \(shown)")
  Invariant.demandSame(again.spelling.utf8, spelling.utf8, "the usual spelling is its own")
}

private func demandTokensTile(_ text: SourceText, _ string: String) {
  var end = 0
  for token in ExpressionTokens(string) {
    Invariant.demand(
      token.range.start == end && !token.range.isEmpty,
      "tokens tile \(Invariant.shown(text.bytes)): \(token) after \(end)")
    end = token.range.end
  }
  Invariant.demand(end == text.count, "tokens reach the end of \(Invariant.shown(text.bytes))")
}

private func demandInPlace(_ problems: [ExpressionProblem], in text: SourceText) {
  let shown = Invariant.shown(text.bytes)
  Invariant.demand(
    problems.count <= ExpressionLimits.problemCountMax, "problems have a bound: \(shown)")
  Invariant.demand(
    problems.map(\.range) == problems.map(\.range).sorted(), "problems are sorted: \(shown)")
  for problem in problems {
    Invariant.demand(text.range.contains(problem.range), "\(problem) lies in \(shown)")
    Invariant.demand(!problem.message.isEmpty, "a problem says something: \(problem)")
    if let fix = problem.fix {
      Invariant.demand(text.applying(fix.edits) != nil, "\(fix) can be applied to \(shown)")
    }
  }
}

private func demandTree(_ expression: Expression, in text: SourceText) {
  var parentCounts = [Int](repeating: 0, count: expression.nodes.count)
  for (place, node) in expression.nodes.enumerated() {
    Invariant.demand(text.range.contains(node.range), "\(node) lies in its text")
    let children = Array(expression.children(of: place))
    Invariant.demand(
      children.count == Int(node.count) && children.allSatisfy { $0 < place },
      "\(node) stands after what it is made of: \(children)")
    for child in children where child < place { parentCounts[child] += 1 }
  }
  Invariant.demand(!expression.nodes.isEmpty, "there is a root")
  Invariant.demand(
    parentCounts.dropLast().allSatisfy { $0 == 1 } && parentCounts.last == 0,
    "each node but the root has one parent: \(Invariant.shown(text.bytes))")
}
