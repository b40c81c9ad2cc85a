package import Source

/// What goes beyond the limits of some queues goes round in a circle.
///
/// Range: the first `wipOverflow` of the circle. Related: the others. Source: docs/reference/template.md, "Limits".
/// Complexity: linear in the topology nodes; each leads to one other at most.
package enum WIPOverflowCycle: ModelRule {
  package static let code = DiagnosticCode(rawValue: "wip-overflow-cycle")

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    let overflows = Overflows(model)
    // The walk on which a node was first come to, counted from 1.
    var walks = [Int](repeating: 0, count: model.topology.count)
    for start in model.topology.indices {
      var place: Int? = start
      while let here = place, walks[here] == 0 {
        walks[here] = start + 1
        place = overflows.next[here]
      }
      guard let end = place, walks[end] == start + 1 else { continue }
      report(overflows.circle(from: end), model, &findings)
    }
  }

  /// One arrow for each topology node that overflows into another.
  private struct Overflows {
    /// Places in `topology`.
    let next: [Int?]

    init(_ model: ModelView) {
      let values = model.topology.map { node -> ExactString? in
        guard let value = node.value["wipOverflow"], !value.isBlank else { return nil }
        return value.string.map { ExactString($0) }
      }
      // Most topologies have no limits at all.
      guard values.contains(where: { $0 != nil }) else {
        next = values.map { _ in nil }
        return
      }
      var places: [ExactString: Int] = [:]
      for (place, node) in model.topology.enumerated() {
        guard let id = node.value["id"]?.string.map({ ExactString($0) }), places[id] == nil else {
          continue
        }
        places[id] = place
      }
      next = values.map { name in
        name.flatMap { $0 == WIPOverflowUnknown.loss ? nil : places[$0] }
      }
    }

    func circle(from start: Int) -> [Int] {
      var circle = [start]
      var place = next[start]
      while let here = place, here != start {
        circle.append(here)
        place = next[here]
      }
      return circle
    }
  }

  private static func report(_ circle: [Int], _ model: ModelView, _ findings: inout Findings) {
    // The walk may have come into the circle anywhere; it is told from its first node in the document.
    guard let least = circle.min(), let turn = circle.firstIndex(of: least) else { return }
    let nodes = (circle[turn...] + circle[..<turn]).map { model.topology[$0] }
    guard let first = nodes.first, let value = first.value["wipOverflow"] else { return }
    let names = nodes.prefix(namesMax).map { $0.value["id"]?.string ?? "" }
    let way =
      nodes.count > namesMax ? names + ["…"] : names + [first.value["id"]?.string ?? ""]
    findings.add(
      WIPOverflowCycle.self, at: value.range,
      "the overflow goes round in a circle: " + way.map { quoted($0) }.joined(separator: " -> "),
      path: first.path + "wipOverflow",
      related: nodes.dropFirst().prefix(namesMax).compactMap {
        $0.value["wipOverflow"].map { Related($0.range, "goes on from here") }
      })
  }

  /// Most nodes of a circle that are named.
  private static let namesMax = 10
}
