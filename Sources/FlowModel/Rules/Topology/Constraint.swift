import Source

/// One item of `topology.constraints` as rules look at it.
struct Constraint {
  let value: DataNode
  let path: DataPath
  /// The place to say that something is missing: the id's value, else the first key.
  let placeOfMissing: ByteRange

  static func all(_ model: ModelView) -> [Constraint] {
    model.constraints.map {
      Constraint(
        value: $0.value, path: "topology" + "constraints" + $0.index,
        placeOfMissing: $0.placeOfMissing)
    }
  }

  /// Reports a series that the constraint's semantics lack.
  func check<Violated: Rule>(
    _ key: ExactString, _ rule: Violated.Type, _ meaning: String, _ findings: inout Findings
  ) {
    let semantics = value.entry("semantics")
    if semantics?.value.isUnknown == true { return }
    let entry = semantics?.value.entry(key)
    if let value = entry?.value, !value.isBlank { return }
    findings.add(
      rule, at: entry?.keyRange ?? semantics?.keyRange ?? placeOfMissing,
      "\(path) has no \(key), \(meaning)", path: path + "semantics" + key)
  }
}
