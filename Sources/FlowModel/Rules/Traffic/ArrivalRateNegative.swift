package import Source

/// A constant arrival has no rate, or the rate of an arrival is below 0.
///
/// Range: the number, the `ratePerBin` key of an empty one, or the `pattern` key.
/// Source: docs/reference/template.md, "Traffic".
package enum ArrivalRateNegative: ModelRule {
  package static let code = DiagnosticCode(rawValue: "arrival-rate-negative")

  private static let keys: [ExactString] = ["ratePerBin", "rate"]

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for arrival in Arrival.all(model) {
      guard let pattern = arrival.value.entry("pattern"), let kind = arrival.kind else { continue }
      let path = arrival.path + "pattern"
      for key in keys {
        guard let value = pattern.value[key], let number = value.number, number.isNegative else {
          continue
        }
        findings.add(
          ArrivalRateNegative.self, at: value.range,
          "a rate is a number from 0, not \(number.spelling)", path: path + key)
      }
      let rate = pattern.value.entry("ratePerBin")
      guard kind == "constant", rate?.value.isNull ?? true else { continue }
      findings.add(
        ArrivalRateNegative.self, at: rate?.keyRange ?? pattern.keyRange,
        "a constant arrival needs ratePerBin, a number from 0", path: path + "ratePerBin")
    }
  }
}
