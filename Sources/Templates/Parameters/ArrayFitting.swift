import FlowModel
import Source

/// Makes arrays that are bound to `values` or to a profile's `weights` as long as the grid, as far as their parameters
/// allow it.
///
/// Source: docs/reference/template.md, "Fit".
struct ArrayFitting {
  private let definitions: [ExactString: ParameterDefinition]

  init(definitions: [ParameterDefinition]) {
    self.definitions = Dictionary(definitions.map { ($0.name, $0) }) { first, _ in first }
  }

  func fit(_ draft: inout ModelDraft, _ findings: inout Findings) {
    guard !definitions.isEmpty, let bins = draft.bins, let count = draft.nodes?.count else {
      return
    }
    for index in 0..<count {
      guard var node = draft.nodes?[index] else { return }
      switch node["kind"]?.string {
      case "const":
        guard
          let values = fitted(
            node["values"], to: bins, "nodes" + index + "values", &draft, &findings)
        else { continue }
        node.set("values", values)
      case "pmf":
        guard var profile = node["profile"],
          let weights = fitted(
            profile["weights"], to: bins, "nodes" + index + "profile" + "weights", &draft,
            &findings)
        else { continue }
        profile.set("weights", weights)
        node.set("profile", profile)
      default: continue
      }
      draft.nodes?[index] = node
    }
  }

  /// - Returns: nil where nothing is to be fitted, which may be reported.
  private func fitted(
    _ list: DataNode?, to bins: (count: Int, node: DataNode),
    _ path: @autoclosure () -> DataPath, _ draft: inout ModelDraft, _ findings: inout Findings
  ) -> DataNode? {
    // A fit that does not exist is blamed at its declaration.
    guard var list, let name = list.wholeCause, !list.items.isEmpty,
      let definition = definitions[name], let fit = definition.fit
    else { return nil }
    let path = path()
    guard let items = fit.apply(to: list.items, count: bins.count) else {
      report(definition, list, bins, path, &findings)
      list.content = .unknown
      return list
    }
    guard draft.takeRoom(for: items.count, at: list.range, path, &findings) else { return nil }
    list.content = .sequence(items)
    // Its length is that of the grid.
    if fit != .exact { list.causes += bins.node.causes.filter { !list.causes.contains($0) } }
    return list
  }

  private func report(
    _ definition: ParameterDefinition, _ list: DataNode, _ bins: (count: Int, node: DataNode),
    _ path: DataPath, _ findings: inout Findings
  ) {
    let name = definition.name.text
    let isShort = list.items.count < bins.count
    findings.add(
      ArrayLengthGrid.self, at: list.range,
      "\(quoted(name)) has \(counted(list.items.count, "value")) for \(counted(bins.count, "bin"))"
        + (definition.fit == .truncate && isShort
          ? "; 'fit: truncate' only shortens"
          : "; give \(bins.count), or declare a 'fit' such as 'repeat'"),
      path: path,
      related: [
        Related(definition.nameRange, "declared here"),
        Related(bins.node.range, "the number of bins"),
      ])
  }
}
