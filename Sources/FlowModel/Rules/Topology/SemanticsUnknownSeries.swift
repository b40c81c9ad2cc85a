package import Source

/// A series of a topology node names no node.
///
/// `file:` needs none, nor does `self`, which only the `queueDepth` of a kind with a queue may say; in a template a queue
/// that is named by its bare name and does not exist is made.
/// Range: the reference. Fix-it: the nearest node id. Source: docs/reference/template.md, "Semantics".
package enum SemanticsUnknownSeries: ModelRule {
  package static let code = DiagnosticCode(rawValue: "semantics-unknown-series")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for node in model.topology {
      guard let (kind, semantics) = node.checked() ?? node.meant() else { continue }
      for field in semantics.fields where field.field.isSeries {
        let isQueue = field.field == .queueDepth
        if isQueue, NeededSeries.isQueueToBeMade(kind, field.entry, model) { continue }
        // Where a kind may not have the field at all, another rule says so.
        let mayBeOwn = isQueue && (kind?.hasQueue == true || kind == .sink || kind == .dependency)
        model.checkSeries(
          field.entry.value, SemanticsUnknownSeries.self, mayBeOwnQueue: mayBeOwn,
          path: node.path + "semantics" + field.entry.key, &findings)
      }
    }
  }
}
