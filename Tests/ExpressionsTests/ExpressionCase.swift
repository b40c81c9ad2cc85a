import Expressions
import Source
import TestSupport
import Testing

/// An expression with marks where problems are expected, and what is expected of them.
struct ExpressionCase: Sendable, CustomTestStringConvertible {
  let marked: String
  /// Kinds of the problems, in order.
  let kinds: [ExpressionProblem.Kind]
  /// The text after the fix of each problem that has one, applied by itself.
  let fixed: [String]
  /// Part of the first message.
  let message: String

  /// A case of syntax: as many problems as marks.
  init(_ marked: String, fixed: String..., message: String = "") {
    self.init(
      marked, Array(repeating: .syntax, count: marked.unicodeScalars.count { $0 == "«" }),
      fixed: fixed, message: message)
  }

  init(
    _ marked: String, _ kind: ExpressionProblem.Kind, fixed: String..., message: String = ""
  ) {
    self.init(
      marked, Array(repeating: kind, count: marked.unicodeScalars.count { $0 == "«" }),
      fixed: fixed, message: message)
  }

  init(
    _ marked: String, _ kinds: [ExpressionProblem.Kind], fixed: [String] = [], message: String = ""
  ) {
    self.marked = marked
    self.kinds = kinds
    self.fixed = fixed
    self.message = message
  }

  var testDescription: String { marked }

  /// All that is said of an expression whose references are not known.
  private static func problems(of text: String) -> [ExpressionProblem] {
    let expression = Expression(text)
    return (expression.syntaxProblems + expression.callProblems + expression.doubts { _ in nil })
      .sorted { $0.range < $1.range }
  }

  func check(sourceLocation: SourceLocation = #_sourceLocation) {
    let marked = MarkedText(marked)
    let problems = Self.problems(of: marked.text.string)
    #expect(
      problems.map { MarkedText.excerpt(of: marked.text, $0.range) }
        == marked.ranges.map { MarkedText.excerpt(of: marked.text, $0) },
      "\(problems.map(\.message))", sourceLocation: sourceLocation)
    #expect(problems.map(\.kind) == kinds, sourceLocation: sourceLocation)
    let after = problems.compactMap(\.fix).map { marked.text.applying($0.edits)?.string ?? "?" }
    #expect(after == fixed, "\(problems.map(\.message))", sourceLocation: sourceLocation)
    if let first = problems.first {
      #expect(first.message.contains(message), sourceLocation: sourceLocation)
    }
    for problem in problems {
      #expect(!problem.message.isEmpty && !problem.message.hasSuffix("."), "\(problem.message)")
    }
    for text in after {
      #expect(
        Self.problems(of: text).count == problems.count - 1, "after a fix: \(text)",
        sourceLocation: sourceLocation)
    }
  }
}
