import FlowModel
import Source

/// How many entities of a class arrive at a node in each bin.
struct ClassRate {
  let node: ExactString
  let id: ExactString
  let value: Double
  var column = -1
}

extension Compiler {
  /// Rates of `traffic.arrivals`; of those for one node and class the first counts.
  mutating func readRates() {
    let path: DataPath = "traffic"
    for (index, item) in parts.list("arrivals", of: root["traffic"], at: path).enumerated() {
      let path = path + "arrivals" + index
      guard let (node, _) = parts.text("nodeId", of: item),
        let (id, idNode) = parts.text("classId", of: item),
        let rate = parts.number("ratePerBin", of: item["pattern"], at: path + "pattern")
      else { continue }
      if ExactString(id) == ExactString(Plan.totalClass) {
        parts.findings.add(
          EngineClassReserved.self, at: idNode.range,
          "no class with a rate can be called \(quoted(id)): the series of all classes together are",
          path: path + "classId")
        continue
      }
      if rateOf[ExactString(node)]?[ExactString(id)] == nil {
        rateOf[ExactString(node), default: [:]][ExactString(id)] = rates.count
        rates.append(ClassRate(node: ExactString(node), id: ExactString(id), value: rate))
      }
    }
  }

  mutating func readClasses() -> [Plan.EntityClass] {
    parts.list("classes", of: root, at: DataPath()).compactMap { item in
      guard let (id, _) = parts.text("id", of: item) else { return nil }
      return Plan.EntityClass(
        id: id, displayName: parts.text("displayName", of: item)?.text ?? id,
        description: item["description"]?.string ?? "")
    }
  }

  /// Splits series by class: those that have arrivals by rate, expressions as the first series that they read, and queues as
  /// what arrives at them. Sums go in the order in which classes are declared.
  mutating func emitClasses(_ classes: [Plan.EntityClass]) {
    guard !rates.isEmpty else { return }
    own("classes", root.entry("traffic")?.keyRange ?? root.range, "traffic")
    let declared = Dictionary(
      classes.enumerated().map { (ExactString($1.id), $0) }, uniquingKeysWith: { first, _ in first }
    )
    let sorted = rates.enumerated().sorted { left, right in
      let (a, b) = (declared[left.element.id] ?? Int.max, declared[right.element.id] ?? Int.max)
      return a != b ? a < b : left.offset < right.offset
    }.map(\.element)
    var byNode: [ExactString: [(id: ExactString, column: Int)]] = [:]
    for rate in sorted { byNode[rate.node, default: []].append((rate.id, rate.column)) }
    for node in nodes {
      if let rates = byNode[node.id] { split(node.column, as: rates) }
    }
    let reading = ClassReading(nodes, nodeOf, isSource: { classColumns[$0.column] != nil })
    for (place, node) in nodes.enumerated()
    where node.kind == .expr && classColumns[node.column] == nil && !isOut {
      if let shares = sharesRead(by: place, reading) { split(node.column, as: shares) }
    }
    for station in stations where station.hasQueue && !isOut {
      guard let arrivals = column(.arrivals, of: station), let shares = classColumns[arrivals],
        classColumns[station.queue] == nil
      else { continue }
      split(station.queue, as: shares)
    }
  }

  /// The first series with classes that a node reads, or that what it reads reads.
  private func sharesRead(by start: Int, _ reading: ClassReading)
    -> [(id: ExactString, column: Int)]?
  {
    guard reading.isAware[start] else { return nil }
    var seen: Set<Int> = []
    var open = [start]
    while let place = open.popLast() {
      if let shares = classColumns[nodes[place].column], place != start { return shares }
      guard seen.insert(place).inserted else { continue }
      // The first is looked at first, with all that it reads.
      for next in reading.reads[place].reversed() where reading.isAware[next] { open.append(next) }
    }
    return nil
  }

  /// Adds parts of a column in proportion to `shares`.
  mutating func split(_ column: Int, as shares: [(id: ExactString, column: Int)]) {
    guard !isOut, let first = shares.first else { return }
    var whole = first.column
    for share in shares.dropFirst() { whole = derive(.add, whole, share.column) }
    classColumns[column] = shares.map { share in
      (share.id, derive(.share, column, share.column, whole))
    }
  }

  // MARK: Edges

  mutating func emitEdges() {
    let edges = parts.list("edges", of: root["topology"], at: "topology")
    let read = edges.enumerated().map { index, edge in
      let path: DataPath = "topology" + "edges" + index
      return (
        edge: edge, source: end("source", "from", of: edge), target: end("target", "to", of: edge),
        weight: parts.number("weight", of: edge, at: path) ?? 1,
        multiplier: parts.number("multiplier", of: edge, at: path) ?? 1, path: path
      )
    }
    var totals: [ExactString: Double] = [:]
    for edge in read { totals[edge.source, default: 0] += edge.weight }
    var names: Set<ExactString> = []
    for edge in read {
      if isOut { return }
      let measure = parts.text("measure", of: edge.edge)?.text.lowercased() ?? ""
      let metric =
        switch measure {
        case "attempts", "load": "attemptsVolume"
        case "errors", "failures", "exhaustedfailures": "failuresVolume"
        default: "flowVolume"
        }
      guard let base = base(measure, of: edge.source) else {
        reportUnknownSource(of: edge.edge, edge.source, edge.path)
        continue
      }
      let id = parts.text("id", of: edge.edge)?.text ?? "\(edge.source.text)→\(edge.target.text)"
      let name =
        "edge_" + id.split(separator: "→", omittingEmptySubsequences: false).joined(separator: "_")
        + "_" + metric
      let isColumn = byName[ExactString(name)].map { isListed[$0] } ?? false
      guard !isColumn, names.insert(ExactString(name)).inserted else {
        parts.findings.add(
          EngineEdgeRepeated.self, at: edge.edge["id"]?.range ?? edge.edge.range,
          isColumn
            ? "the model has a series \(quoted(name)) already: this edge has none"
            : "another edge before it is called \(quoted(id)) and has \(quoted(metric)) too: this one has no series",
          path: edge.path)
        continue
      }
      own(id, edge.edge.range, edge.path)
      let fraction = Machine.quotient(edge.weight, totals[edge.source] ?? 0)
      func add(_ column: Int, _ className: String?) {
        let share = derive(.multiply, column, literal(fraction))
        let place = derive(.multiply, share, literal(edge.multiplier))
        edgeSeries.append(
          Plan.Output(
            id: Plan.seriesID(name, className), column: name, className: className, kind: .edge,
            place: place))
      }
      add(base, nil)
      for (id, column) in (classColumns[base] ?? []).sorted(by: { $0.id < $1.id }) {
        add(column, id.text)
      }
    }
  }

  /// Says that nothing goes over an edge since nothing has the name of its source.
  private mutating func reportUnknownSource(
    of edge: DataNode, _ source: ExactString, _ path: DataPath
  ) {
    guard stationOf[source] == nil else { return }
    let keys: [ExactString] = layout == .file ? ["source", "from"] : ["from", "source"]
    guard let key = keys.first(where: { parts.text($0, of: edge) != nil }), let value = edge[key]
    else { return }
    parts.findings.add(
      EdgeUnknownNode.code, .warning, at: value.range,
      "no node \(quoted(source.text)), so that this edge has no series", path: path + key)
  }

  /// An end of an edge, without the port that may follow it.
  private func end(_ key: ExactString, _ other: ExactString, of edge: DataNode) -> ExactString {
    let keys = layout == .file ? [key, other] : [other, key]
    for key in keys {
      guard let (text, _) = parts.text(key, of: edge) else { continue }
      if stationOf[ExactString(text)] != nil || byName[ExactString(text)] != nil {
        return ExactString(text)
      }
      return ExactString(String(text.prefix { $0 != ":" }))
    }
    return ""
  }

  /// The series that goes over an edge.
  private func base(_ measure: String, of source: ExactString) -> Int? {
    guard let place = stationOf[source] else { return byName[source] }
    let station = stations[place]
    let field: SemanticsField? =
      switch measure {
      case "attempts", "load": .attempts
      case "errors": .errors
      case "failures": .failures
      default: nil
      }
    if let field, let column = column(field, of: station) { return column }
    return column(.served, of: station)
  }
}

/// Which nodes read which, and which of them have to do with classes: found once for all. Complexity: O(nodes + references).
private struct ClassReading {
  /// For each expression the nodes that it names, in the order of its text; nothing for other nodes.
  let reads: [[Int]]
  /// Whether a node has classes of its own, or reads one that is aware.
  private(set) var isAware: [Bool]

  init(
    _ nodes: [Compiler.Node], _ places: [ExactString: Int], isSource: (Compiler.Node) -> Bool
  ) {
    reads = nodes.map { node in
      guard node.kind == .expr, let text = node.value["expr"]?.string else { return [] }
      return Compiler.allReferences(of: text).compactMap { places[$0] }
    }
    var readers = [[Int]](repeating: [], count: nodes.count)
    for (place, read) in reads.enumerated() {
      for source in read { readers[source].append(place) }
    }
    isAware = [Bool](repeating: false, count: nodes.count)
    var open = nodes.indices.filter { isSource(nodes[$0]) }
    while let place = open.popLast() {
      guard !isAware[place] else { continue }
      isAware[place] = true
      open += readers[place]
    }
  }
}
