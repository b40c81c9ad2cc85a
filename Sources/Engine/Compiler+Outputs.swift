import FlowModel
import Source

extension Compiler {
  /// What is written: what `outputs` ask for in their order, or all; then edges. A total brings its classes.
  mutating func selectOutputs() -> [Plan.Output] {
    let listed = columns.indices.filter { isListed[$0] }
    let chosen = chosenColumns(listed)
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

  /// What `outputs` name, each once; all columns where they name none that there is.
  private mutating func chosenColumns(_ listed: [Int]) -> [Int] {
    let items = root["outputs"]?.items ?? []
    guard !items.isEmpty else { return listed }
    let names = OutputNames(listed.map { ($0, columns[$0]) })
    var chosen: [Int] = []
    var seen: Set<Int> = []
    var asked: Set<ExactString> = []
    for (index, item) in items.enumerated() {
      guard let (text, value) = parts.text("series", of: item),
        asked.insert(ExactString(text)).inserted
      else { continue }
      let found = text == "*" ? listed : names.places(of: text)
      if found.isEmpty {
        parts.findings.add(
          OutputUnknownNode.code, .warning, at: value.range, "no series \(quoted(text))",
          path: "outputs" + index + "series")
      }
      for place in found where seen.insert(place).inserted { chosen.append(place) }
    }
    return chosen.isEmpty ? listed : chosen
  }

  /// Says what series no file can be called after; each place once.
  mutating func reportUnwritable(_ outputs: [Plan.Output]) {
    var told: Set<ByteRange> = []
    for output in outputs where !FileName.isPlain(output.id + ".csv") {
      let place = origin(of: output)
      guard told.insert(place.range).inserted else { continue }
      let why =
        output.id.utf8.count + 4 > FileName.lengthMax
        ? "it has more than \(FileName.lengthMax) bytes" : "it has '/', '\\' or a control character"
      parts.findings.add(
        EngineSeriesName.self, at: place.range,
        "the series \(quoted(output.id)) cannot be the name of a file: \(why)", path: place.path)
    }
  }

  /// What gives a series the part of its name that is wrong, as far as can be told.
  private func origin(of output: Plan.Output) -> (range: ByteRange, path: DataPath) {
    func item(
      _ list: [DataNode], _ key: ExactString, _ path: DataPath, where fits: (String) -> Bool
    )
      -> (range: ByteRange, path: DataPath)?
    {
      for (index, item) in list.enumerated() {
        guard let (text, node) = parts.text(key, of: item), fits(text) else { continue }
        return (node.range, path + index + key)
      }
      return nil
    }
    let topology: DataPath = "topology"
    let found =
      if let name = output.className, !FileName.isPlain(name) {
        item(
          root["traffic"]?["arrivals"]?.items ?? [], "classId", DataPath() + "traffic" + "arrivals",
          where: { ExactString($0) == ExactString(name) })
      } else if let node = nodeOf[ExactString(output.column)] {
        nodes[node].value["id"].map { ($0.range, nodes[node].path + "id") }
      } else if output.kind == .edge {
        item(
          root["topology"]?["edges"]?.items ?? [], "id", topology + "edges",
          where: { output.column.utf8.starts(with: ("edge_" + $0).utf8) })
      } else {
        item(
          root["topology"]?["nodes"]?.items ?? [], "id", topology + "nodes",
          where: { output.column.utf8.starts(with: snakeCase($0).utf8) })
      }
    return found ?? (root["topology"]?.range ?? root.range, topology)
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

/// The names of columns, made ready for any number of outputs.
private struct OutputNames {
  /// By the name in lower case.
  private var byName: [ExactString: [Int]] = [:]
  /// In the order of the names' bytes.
  private let sorted: [(place: Int, name: [UInt8])]

  init(_ columns: [(place: Int, name: String)]) {
    for column in columns {
      byName[ExactString(column.name).lowercased, default: []].append(column.place)
    }
    sorted = columns.map { ($0.place, Array($0.name.utf8)) }
      .sorted { $0.name.lexicographicallyPrecedes($1.name) }
  }

  /// Columns that `prefix/*` or a name means, in their order.
  func places(of pattern: String) -> [Int] {
    guard pattern.utf8.count >= 2, pattern.utf8.suffix(2).elementsEqual("/*".utf8) else {
      return byName[ExactString(pattern).lowercased] ?? []
    }
    let prefix = Array(pattern.utf8.dropLast(2))
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle].name.lexicographicallyPrecedes(prefix) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return sorted[low...].prefix { $0.name.starts(with: prefix) }.map(\.place).sorted()
  }
}
