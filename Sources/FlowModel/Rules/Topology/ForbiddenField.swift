import Source

/// What the rules on fields that a kind of topology node must not have share.
enum ForbiddenField {
  /// Reports a field with the fix that takes it away.
  static func report<Violated: Rule>(
    _ rule: Violated.Type, _ node: TopologyNode, _ entry: DataEntry, _ reason: String,
    _ model: ModelView, _ findings: inout Findings
  ) {
    let place = node.path + "semantics"
    // What a parameter brings would be left unused.
    let canRemove = !findings.isLong && entry.value.causes.isEmpty
    let removal = canRemove ? model.source?.removal(ofKeyAt: entry.keyRange, in: place) : nil
    let kind = node.value["kind"]
    findings.add(
      rule, at: entry.keyRange, "\(quoted(entry.key.text)) \(reason)", path: place + entry.key,
      related: kind.map { [Related($0.range, "the kind of this node")] } ?? [],
      fixIts: removal.map { [FixIt("remove \(quoted(entry.key.text))", [$0])] } ?? [])
  }

  /// Reports every field of queues and retries that nodes of a kind have.
  static func check<Violated: Rule>(
    _ rule: Violated.Type, _ forbidding: TopologyKind, _ reason: String, _ model: ModelView,
    _ findings: inout Findings
  ) {
    for node in model.topology {
      guard let (kind, semantics) = node.checked(), kind == forbidding else { continue }
      for field in semantics.fields
      where SemanticsField.ofQueuesAndRetries.contains(field.field) && !field.entry.value.isBlank {
        report(rule, node, field.entry, reason, model, &findings)
      }
    }
  }
}
