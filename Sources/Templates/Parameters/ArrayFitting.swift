import FlowModel
import Source

/// Makes arrays that are bound to `values` as long as the grid, as far as their parameters allow it.
///
/// Source: docs/reference/template.md, "Fit".
struct ArrayFitting {
  let definitions: [ParameterDefinition]

  func fit(_ model: inout DataNode, _ findings: inout Findings) {
    let view = ModelView(model, origin: .template)
    guard let bins = view.bins, case .sequence(var items)? = model["nodes"]?.content else { return }
    var valueCount = 0
    let byName = Dictionary(definitions.map { ($0.name, $0) }) { first, _ in first }
    for node in view.nodes where node.kind == .const {
      guard let values = node.value["values"], let name = values.wholeCause, !values.items.isEmpty,
        let definition = byName[name]
      else { continue }
      // A fit that does not exist is blamed at its declaration.
      guard let fit = definition.fit else { continue }
      guard let fitted = fit.apply(to: values.items, count: bins) else {
        report(
          definition, values, bins: bins, grid: view.root["grid"]?["bins"]?.range, node.index,
          &findings)
        continue
      }
      valueCount += fitted.count
      guard valueCount <= RenderingLimits.valueCountMax else {
        ModelTooLarge.reportValues(at: values.range, "nodes" + node.index + "values", &findings)
        return
      }
      items[node.index].content = .mapping(
        node.value.entries.map { entry in
          var entry = entry
          guard entry.key == "values" else { return entry }
          entry.value.content = .sequence(fitted)
          // Its length is that of the grid.
          if fit != .exact { entry.value.causes += view.root["grid"]?["bins"]?.causes ?? [] }
          return entry
        })
    }
    model.content = .mapping(
      model.entries.map { entry in
        var entry = entry
        if entry.key == "nodes" { entry.value.content = .sequence(items) }
        return entry
      })
  }

  private func report(
    _ definition: ParameterDefinition, _ values: DataNode, bins: Int, grid: ByteRange?,
    _ index: Int,
    _ findings: inout Findings
  ) {
    let name = definition.name.text
    let isShort = values.items.count < bins
    findings.add(
      ArrayLengthGrid.self, at: values.range,
      "\(quoted(name)) has \(counted(values.items.count, "value")) for \(counted(bins, "bin"))"
        + (definition.fit == .truncate && isShort
          ? "; 'fit: truncate' only shortens"
          : "; give \(bins), or declare a 'fit' such as 'repeat'"),
      path: "nodes" + index + "values",
      related: [Related(definition.nameRange, "declared here")]
        + (grid.map { [Related($0, "the number of bins")] } ?? []))
  }
}
