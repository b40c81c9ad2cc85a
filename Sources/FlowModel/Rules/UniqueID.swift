import Source

/// What rules on ids that only one item may have share.
extension ModelView {
  /// Reports each item whose id one before it has, whether the author wrote it again or an alias brings it.
  func checkUnique<Violated: Rule>(
    _ items: [Item], _ ids: Names, _ rule: Violated.Type, in list: DataPath,
    _ findings: inout Findings
  ) {
    guard ids.hasDuplicates else { return }
    for (place, item) in items.enumerated() {
      guard let id = item.value["id"], let text = id.string, !id.isBlank,
        ids.item(ExactString(text)) != place, let first = ids[ExactString(text)]
      else { continue }
      let isAlias = first == id.range
      findings.add(
        rule, at: id.range, Findings.taken(text, isAlias: isAlias), path: list + item.index + "id",
        related: isAlias ? [] : [Related(first, "first used here")])
    }
  }
}

extension Findings {
  /// - Parameter isAlias: whether the author wrote the id once.
  static func taken(_ id: String, isAlias: Bool) -> String {
    isAlias ? "an alias brings the id \(quoted(id)) again" : "the id \(quoted(id)) is taken"
  }
}
