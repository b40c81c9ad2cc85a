import Expressions
package import Source
import YAML

/// A template lists a dependency of a node that its expression does not refer to.
///
/// Range: the item. Fix-it: it is removed. Source: docs/reference/template.md, "Level and spellings".
package enum ExprDependencyUnused: ModelRule {
  package static let code = DiagnosticCode(rawValue: "expr-dependency-unused")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for expression in model.expressions.all where expression.isReadable {
      let node = model.nodes[expression.node].value
      guard let list = node["dependencies"], case .sequence(let items) = list.content else {
        continue
      }
      var used = Set(expression.references.map(\.name))
      if let id = node["id"]?.string { used.insert(ExactString(id)) }
      for (index, item) in items.enumerated() {
        guard let name = item.string, !used.contains(ExactString(name)) else { continue }
        let path: DataPath = "nodes" + expression.index + "dependencies"
        findings.add(
          ExprDependencyUnused.self, at: item.range,
          "the expression does not refer to \(quoted(name))", path: path + index,
          fixIts: item.causes.isEmpty && !findings.isLong
            ? fixes(name, index, path, model) : [])
      }
    }
  }

  private static func fixes(
    _ name: String, _ index: Int, _ path: DataPath, _ model: ModelView
  ) -> [FixIt] {
    guard let source = model.source, let list = source.node(at: path), list.kind == .sequence else {
      return []
    }
    return [FixIt("remove \(quoted(name))", [source.tree.removal(ofItem: index, in: list)])]
  }
}
