package import Source

/// What goes beyond a queue's limit goes to a topology node that does not exist. `loss` is no node: it vanishes.
///
/// Range: the name. Fix-it: the nearest topology node, or `loss`. Source: docs/reference/template.md, "Limits".
package enum WIPOverflowUnknown: ModelRule {
  package static let code = DiagnosticCode(rawValue: "wip-overflow-unknown")

  /// What is written where the excess goes nowhere.
  static let loss: ExactString = "loss"

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for node in model.topology {
      guard let value = node.value["wipOverflow"], let name = value.string, !value.isBlank,
        ExactString(name) != loss, !model.topologyIDs.mayHave(ExactString(name))
      else { continue }
      let isNearLoss = Suggestion.only(name, among: [loss.text]) != nil
      let near =
        findings.isLong ? nil : model.topologyIDs.near(name) ?? (isNearLoss ? loss.text : nil)
      findings.addUnknown(
        WIPOverflowUnknown.self, "topology node", name, at: value, near: near,
        path: node.path + "wipOverflow")
    }
  }
}
