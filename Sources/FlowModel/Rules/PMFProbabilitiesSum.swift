package import Source

/// Probabilities do not add up to 1 within 1e-6. They are never rescaled in silence.
///
/// Range: the list. Fix-it: another last probability, where the sum misses 1 by rounding alone.
/// Source: docs/reference/model.md, "Keys".
package enum PMFProbabilitiesSum: ModelRule {
  package static let code = DiagnosticCode(rawValue: "pmf-probabilities-sum")

  static let tolerance = 1e-6

  /// The fix that gives the last probability what rounding took from the sum.
  ///
  /// Rounded to some digits, each may be half of the last digit off; a sum that is further away has another mistake.
  private static func rounding(_ items: [DataNode], _ numbers: [Number]) -> [FixIt] {
    let digits = numbers.compactMap { decimals($0) }
    guard digits.count == numbers.count, let count = digits.max(), (1...9).contains(count),
      let last = items.last, last.causes.isEmpty
    else { return [] }
    let scale = (0..<count).reduce(1) { value, _ in value * 10 }
    // Probabilities are at most 1, so that nothing here can be large.
    let units = numbers.map { Int(($0.double * Double(scale)).rounded()) }
    let missing = scale - units.reduce(0, +)
    let mended = (units.last ?? 0) + missing
    guard abs(missing) * 2 <= units.count, mended >= 0, mended <= scale else { return [] }
    let text = decimal(mended, count)
    return [FixIt("change the last one to \(text)", [TextEdit(last.range, text)])]
  }

  /// Digits after the point; nil where there is an exponent.
  private static func decimals(_ number: Number) -> Int? {
    let text = number.spelling.utf8
    guard !text.contains(0x65) else { return nil }
    return text.firstIndex(of: 0x2E).map { text.distance(from: $0, to: text.endIndex) - 1 } ?? 0
  }

  private static func decimal(_ units: Int, _ digits: Int) -> String {
    let text = String(units)
    let padded = String(repeating: "0", count: max(0, digits + 1 - text.utf8.count)) + text
    return padded.dropLast(digits) + "." + padded.suffix(digits)
  }

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for node in model.pmfs {
      guard let pmf = node.value["pmf"], case .mapping = pmf.content else {
        continue
      }
      guard let list = pmf["probabilities"], !list.items.isEmpty else { continue }
      // A list that is too short is blamed for that alone.
      if let values = pmf["values"], values.items.count != list.items.count { continue }
      let numbers = list.items.compactMap(\.number)
      // A probability that is broken or out of range is blamed by its own rule.
      guard numbers.count == list.items.count,
        numbers.allSatisfy({ $0.double >= 0 && $0.double <= 1 })
      else {
        continue
      }
      let sum = numbers.reduce(0) { $0 + $1.double }
      guard abs(sum - 1) > tolerance else { continue }
      let path: DataPath = "nodes" + node.index
      findings.add(
        PMFProbabilitiesSum.self, at: list.range, "the probabilities add up to \(sum), not to 1",
        path: path + "pmf" + "probabilities", fixIts: rounding(list.items, numbers))
    }
  }
}
