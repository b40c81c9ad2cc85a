package import Source

/// A pmf lists a value twice.
///
/// Range: the later one. Related: the first. Source: docs/reference/model.md, "Keys".
package enum PMFValueDuplicate: ModelRule {
  package static let code = DiagnosticCode(rawValue: "pmf-value-duplicate")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for node in model.pmfs {
      guard let pmf = node.value["pmf"], case .mapping = pmf.content else {
        continue
      }
      let items = pmf["values"]?.items ?? []
      // As most lists are, and then no value is there twice.
      if isAscending(items) { continue }
      var seen: [Number: ByteRange] = [:]
      for (index, item) in items.enumerated() {
        guard let number = item.number else { continue }
        if let first = seen[number] {
          let path: DataPath = "nodes" + node.index
          findings.add(
            PMFValueDuplicate.self, at: item.range, "the value \(number.spelling) is listed twice",
            path: path + "pmf" + "values" + index, related: [Related(first, "first listed here")])
        } else {
          seen[number] = item.range
        }
      }
    }
  }

  private static func isAscending(_ items: [DataNode]) -> Bool {
    var last: Number?
    for item in items {
      guard let number = item.number else { return false }
      if let last, last >= number { return false }
      last = number
    }
    return true
  }
}
