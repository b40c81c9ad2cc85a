import Expressions
package import Source

/// An expression refers to a node that does not exist.
///
/// Range: the name. Fix-it: the nearest node id, or `${name}` where a parameter has the name.
/// Source: docs/reference/expressions.md, "Grammar".
package enum ExprUnknownReference: ModelRule {
  package static let code = DiagnosticCode(rawValue: "expr-unknown-reference")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    guard !model.hasUnknownNodeID else { return }
    for expression in model.expressions.all {
      for (reference, target) in zip(expression.references, expression.targets)
      where target < 0 && !reference.isDoubtful && !model.nodeIDs.mayHave(reference.name) {
        let (hint, meant) = hint(reference.name.text, model, isBrief: findings.isLong)
        let fix = meant.map {
          FixIt("change to \(quoted($0))", [TextEdit(reference.range, $0)])
        }
        findings.add(
          ExprUnknownReference.self, at: expression.value.place(of: reference.range),
          "no node \(quoted(reference.name.text))" + hint, path: expression.path,
          fixIts: expression.fixes(fix, in: model))
      }
    }
  }

  /// What may have been meant, for the message and for the fix.
  private static func hint(
    _ name: String, _ model: ModelView, isBrief: Bool
  ) -> (text: String, meant: String?) {
    if isBrief { return ("", nil) }
    if model.source?.parameters.contains(ExactString(name)) == true {
      return ("; write ${\(name)} for the parameter of that name", "${\(name)}")
    }
    if let near = model.nodeIDs.near(name) { return ("; did you mean \(quoted(near))?", near) }
    if let function = ExpressionFunction(named: name.utf8) {
      return ("; a call of the function is written \(function.signature)", nil)
    }
    return ("", nil)
  }
}
