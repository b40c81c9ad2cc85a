package import Source

/// A number of a topology that counts or shares out something is below 0: `retryKernel`, `maxAttempts`, `slaMin`,
/// `wipLimit`, the `weight` of an edge.
///
/// Range: the number. Source: docs/reference/template.md, "Semantics", "Limits" and "Edges".
package enum QuantityNegative: ModelRule {
  package static let code = DiagnosticCode(rawValue: "quantity-negative")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for node in model.topology {
      checkEntry(node.value, "wipLimit", node.path, &findings)
      guard let semantics = node.value["semantics"] else { continue }
      checkEntry(semantics, "maxAttempts", node.path + "semantics", &findings)
      checkEntry(semantics, "slaMin", node.path + "semantics", &findings)
      for (index, share) in (semantics["retryKernel"]?.items ?? []).enumerated() {
        check(
          share, "a number of retryKernel", node.path + "semantics" + "retryKernel" + index,
          &findings)
      }
    }
    for edge in model.edges { checkEntry(edge.value, "weight", Edge.path(edge), &findings) }
  }

  private static func checkEntry(
    _ mapping: DataNode, _ key: ExactString, _ path: @autoclosure () -> DataPath,
    _ findings: inout Findings
  ) {
    if let value = mapping[key] { check(value, key.text, path() + key, &findings) }
  }

  private static func check(
    _ value: DataNode, _ noun: String, _ path: @autoclosure () -> DataPath,
    _ findings: inout Findings
  ) {
    guard let number = value.number, number.isNegative else { return }
    findings.add(
      QuantityNegative.self, at: value.range, "\(noun) is a number from 0, not \(number.spelling)",
      path: path())
  }
}
