package import Source

/// A node reaches no output: no output lists it, no other part of the template names it, and what uses it, if anything
/// does, reaches none either.
///
/// Of nodes that use one another the last is reported, the one that nothing uses, or the first of a circle.
/// Range: the node's id. Related: the nodes that only it uses. Source: docs/reference/template.md, "Lint".
/// Complexity: linear in the nodes and in what they refer to.
package enum NodeUnused: ModelRule {
  package static let code = DiagnosticCode(rawValue: "node-unused")
  package static let severity = Severity.warning

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    // What an error keeps from being read may be what uses a node.
    guard model.origin == .template, !findings.hasErrors, var uses = NodeUses(model) else { return }
    uses.spread()
    for group in uses.unusedGroups {
      let item = model.nodes[group.last]
      guard let id = item.value["id"], let name = id.string else { continue }
      findings.add(
        NodeUnused.self, at: id.range,
        "nothing uses the node \(quoted(name))"
          + (group.isCircle ? ", except nodes that it uses itself" : ""),
        path: "nodes" + item.index + "id",
        related: group.others.prefix(relatedMax).compactMap { place in
          model.nodes[place].value["id"].map { Related($0.range, "reaches no output either") }
        })
    }
  }

  /// Most nodes that are named beside the last.
  private static let relatedMax = 10
}
