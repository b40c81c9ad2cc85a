package import Source

/// A sink without errors serves another series than the one that arrives, although it takes everything.
///
/// Range: the value of `served`. Related: the arrivals. Fix-it: the arrivals.
/// Source: docs/reference/template.md, "Semantics".
package enum SinkServedMismatch: ModelRule {
  package static let code = DiagnosticCode(rawValue: "sink-served-mismatch")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for node in model.topology {
      guard let (kind, semantics) = node.checked(), kind == .sink, !semantics.gives(.errors),
        let arrivals = semantics[.arrivals]?.value, let served = semantics[.served]?.value,
        let arriving = arrivals.string, let serving = served.string, !arrivals.isBlank,
        !served.isBlank, SeriesReference(arriving) != SeriesReference(serving)
      else { continue }
      // A series that does not exist is blamed for that.
      if let name = SeriesReference(serving).node, !model.nodeIDs.mayHave(name) { continue }
      findings.add(
        SinkServedMismatch.self, at: served.range,
        "a sink without errors serves what arrives, \(quoted(arriving)), not \(quoted(serving))",
        path: node.path + "semantics" + "served",
        related: [Related(arrivals.range, "what arrives")],
        fixIts: arrivals.causes.isEmpty ? served.fixes(arriving) : [])
    }
  }
}
