import FlowModel
import Source

extension Compiler {
  /// What is written: what `outputs` ask for in their order, or all; then edges. A total brings its classes.
  mutating func selectOutputs() -> [Plan.Output] {
    let listed = columns.indices.filter { isListed[$0] }
    var chosen: [Int] = []
    var seen: Set<Int> = []
    for (index, item) in (root["outputs"]?.items ?? []).enumerated() {
      guard let (text, value) = parts.text("series", of: item) else { continue }
      let found = listed.filter { Compiler.selects(text, columns[$0]) }
      if found.isEmpty {
        parts.findings.add(
          OutputUnknownNode.code, .warning, at: value.range, "no series \(quoted(text))",
          path: "outputs" + index + "series")
      }
      for place in found where seen.insert(place).inserted { chosen.append(place) }
    }
    if chosen.isEmpty { chosen = listed }
    var outputs: [Plan.Output] = []
    for place in chosen {
      let name = columns[place]
      let kind = SeriesKind(of: name)
      let classes = (classColumns[place] ?? []).sorted { $0.id < $1.id }
      let parts: [(String?, Int)] = [(nil, place)] + classes.map { ($0.id.text, $0.column) }
      for (className, column) in parts {
        outputs.append(
          Plan.Output(
            id: Plan.seriesID(name, className), column: name, className: className, kind: kind,
            place: column))
      }
    }
    return outputs + edgeSeries
  }

  private static func selects(_ pattern: String, _ name: String) -> Bool {
    if pattern == "*" { return true }
    if pattern.utf8.count >= 2, pattern.utf8.suffix(2).elementsEqual("/*".utf8) {
      return name.utf8.starts(with: pattern.utf8.dropLast(2))
    }
    return ExactString(pattern).lowercased == ExactString(name).lowercased
  }

  /// What is looked at in the numbers of topology nodes.
  mutating func checks() -> [NodeCheck] {
    stations.compactMap { station in
      guard station.hasQueue || station.kind == "service" else { return nil }
      func known(_ field: SemanticsField) -> NodeCheck.Column? {
        column(field, of: station).map { NodeCheck.Column(name: columns[$0], place: $0) }
      }
      let queue =
        station.queue >= 0
        ? NodeCheck.Column(name: columns[station.queue], place: station.queue) : nil
      let isNamed = name(.queueDepth, of: station) != nil
      return NodeCheck(
        nodeID: station.id.text, isQueue: station.hasQueue, isService: station.kind == "service",
        arrivals: known(.arrivals), served: known(.served),
        namedQueue: isNamed ? queue ?? known(.queueDepth) : nil, errors: known(.errors),
        capacity: known(.capacity),
        outflow: name(.served, of: station) != nil ? known(.served) : known(.capacity),
        queue: queue,
        initialDepth: station.value["initialCondition"]?["queueDepth"]?.number?.double ?? 0,
        limit: station.value["wipLimit"]?.number?.double)
    }
  }
}
