package import Source

/// A series of a topology node names no node.
///
/// `self` and `file:` need none, and in a template a queue that is named and does not exist is made.
/// Range: the reference. Fix-it: the nearest node id. Source: docs/reference/template.md, "Semantics".
package enum SemanticsUnknownSeries: ModelRule {
  package static let code = DiagnosticCode(rawValue: "semantics-unknown-series")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for node in model.topology {
      guard let (kind, semantics) = node.checked() ?? node.meant() else { continue }
      let isQueueMade = model.origin == .template && kind?.hasQueue == true
      for field in semantics.fields
      where field.field.isSeries && !(isQueueMade && field.field == .queueDepth) {
        model.checkSeries(
          field.entry.value, SemanticsUnknownSeries.self,
          path: node.path + "semantics" + field.entry.key, &findings)
      }
    }
  }
}
