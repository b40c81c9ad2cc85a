import Expressions
package import Source
import YAML

/// A template lists the dependencies of a node, and one that the expression refers to is not among them.
///
/// Range: the list. Related: the reference. Fix-it: the item is added. Source: docs/reference/template.md, "Level and
/// spellings".
package enum ExprDependencyMissing: ModelRule {
  package static let code = DiagnosticCode(rawValue: "expr-dependency-missing")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for expression in model.expressions.all where expression.isReadable {
      let node = model.nodes[expression.node].value
      guard let list = node["dependencies"], case .sequence(let items) = list.content,
        !items.contains(where: { $0.string == nil })
      else { continue }
      var named = Set(items.compactMap { $0.string.map { ExactString($0) } })
      // A node that reads its own past need not say so.
      if let id = node["id"]?.string { named.insert(ExactString(id)) }
      for reference in expression.references where named.insert(reference.name).inserted {
        // A name that no node has is blamed where it stands.
        guard model.nodeIDs[reference.name] != nil else { continue }
        let path: DataPath = "nodes" + expression.index + "dependencies"
        findings.add(
          ExprDependencyMissing.self, at: list.range,
          "the expression refers to \(quoted(reference.name.text)), which is not among the dependencies",
          path: path,
          related: [
            Related(
              expression.value.place(of: reference.range),
              "\(quoted(reference.name.text)) is referred to here")
          ], fixIts: findings.isLong ? [] : fixes(reference.name.text, path, model))
      }
    }
  }

  private static func fixes(_ name: String, _ path: DataPath, _ model: ModelView) -> [FixIt] {
    guard let source = model.source, let list = source.node(at: path), list.kind == .sequence else {
      return []
    }
    let edit = source.tree.insertion(ofItemAfter: max(list.items.count - 1, 0), in: list) {
      $0.string(name)
    }
    return [FixIt("add \(quoted(name))", [edit])]
  }
}
