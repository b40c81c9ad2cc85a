import Source

/// What the rules on edges share.
enum Edge {
  static let ends: [ExactString] = ["from", "to"]

  static func path(_ edge: ModelView.Item) -> DataPath { "topology" + "edges" + edge.index }

  /// Reports a value that is none of those that models know.
  static func check<Violated: Rule>(
    _ key: ExactString, _ rule: Violated.Type, known: [String], _ model: ModelView,
    _ findings: inout Findings
  ) {
    for edge in model.edges {
      guard let value = edge.value[key], !value.isUnknown, !value.isBlank,
        let text = value.string, !known.contains(where: { ExactString($0) == ExactString(text) })
      else { continue }
      findings.addUnlisted(rule, value, known: known, path: path(edge) + key, "an edge's \(key)")
    }
  }
}
