import Source

/// What the rules on `bins` and `binSize` share.
enum GridNumber {
  static func check<Violated: Rule>(
    _ key: ExactString, _ range: ClosedRange<Int>, _ noun: String, _ rule: Violated.Type,
    _ model: ModelView,
    _ findings: inout Findings
  ) {
    guard let grid = model.root.entry("grid"), case .mapping = grid.value.content else { return }
    let path: DataPath = "grid" + key
    guard let value = grid.value[key], !value.isBlank else {
      findings.add(
        rule, at: grid.value[key]?.range ?? grid.keyRange,
        "no \(key): \(noun) is a whole number from \(range.lowerBound) to \(range.upperBound)",
        path: path)
      return
    }
    if value.isUnknown { return }
    if let number = value.number?.integer, range.contains(number) { return }
    findings.add(
      rule, at: value.range,
      "\(key) must be a whole number from \(range.lowerBound) to \(range.upperBound), not \(value.described)",
      path: path)
  }
}
