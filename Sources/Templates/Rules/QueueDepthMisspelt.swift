import FlowModel
package import Source

/// A `queueDepth` names no node, so that one is made, but is nearly the name of a node that no topology node speaks of, or
/// nearly `self`. An error where something names the queue that `self` would make.
///
/// Range: the name. Fix-it: the near name. Source: docs/reference/template.md, "Queues and sinks".
package enum QueueDepthMisspelt: Rule {
  package static let code = DiagnosticCode(rawValue: "queue-depth-misspelt")
  package static let severity = Severity.warning

  static func report(
    _ value: DataNode, meant: String, _ path: DataPath, _ findings: inout Findings
  ) {
    findings.add(
      QueueDepthMisspelt.self, at: value.range,
      "no node \(quoted(value.string ?? "")), so that a queue of this name is made; did you mean \(quoted(meant))?",
      path: path,
      fixIts: value.causes.isEmpty
        ? [FixIt("change to \(quoted(meant))", [TextEdit(value.range, meant, isScalar: true)])] : []
    )
  }
}
