import Expressions
import Source

extension DataNode {
  /// The problems of an expression, where those that a parameter's value brings are said of its reference and have no
  /// fix: what stands around the reference is right.
  ///
  /// A value brings a problem of a kind that the text has not with a plain name, or a number, in place of each value.
  /// Complexity: O(bytes), where there are problems and parameters.
  func placed(_ problems: [ExpressionProblem], of text: String) -> [ExpressionProblem] {
    guard !problems.isEmpty, let runs = pieces?.parameterRuns, !runs.isEmpty,
      let own = plainKinds(of: text, without: runs)
    else { return problems }
    var blamed: Set<ByteRange> = []
    return problems.compactMap { problem in
      guard !own.contains(problem.kind),
        let run = runs.last(where: { $0.start <= problem.range.start }) ?? runs.first
      else { return problem }
      guard blamed.insert(run).inserted else { return nil }
      return ExpressionProblem(
        problem.kind, at: run, "the value of this parameter does not fit here: \(problem.message)")
    }
  }

  /// The kinds of problem that the text has by itself; nil where it is no expression without the values.
  private func plainKinds(of text: String, without runs: [ByteRange])
    -> Set<ExpressionProblem.Kind>?
  {
    let bytes = Array(text.utf8)
    for name in ["x", "1"] {
      var plain: [UInt8] = []
      var written = 0
      for run in runs {
        plain += bytes[min(written, bytes.count)..<min(max(written, run.start), bytes.count)]
        plain += name.utf8
        written = run.end
      }
      plain += bytes[min(written, bytes.count)...]
      let expression = Expression(String(decoding: plain, as: UTF8.self))
      if expression.syntaxProblems.isEmpty { return Set(expression.callProblems.map(\.kind)) }
    }
    return nil
  }
}
