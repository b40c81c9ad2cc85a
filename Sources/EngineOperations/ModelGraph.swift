import Expressions
package import FlowModel
package import Source

/// Which nodes of a model read which.
package struct ModelGraph: Sendable {
  /// In the order of the model.
  package let nodes: [String]
  /// For each node those that it reads, in this bin or an earlier one, each once in the order of the text.
  package let inputs: [[String]]
  /// Each node behind those that it reads in the same bin: of those that are free, the one that came free first.
  package let order: [String]

  /// Complexity: O(nodes + references).
  package init(_ model: DataNode) {
    var ids: [ExactString] = []
    var places: [ExactString: Int] = [:]
    var values: [DataNode] = []
    for item in model["nodes"]?.items ?? [] {
      guard let text = item["id"]?.string, places[ExactString(text)] == nil else { continue }
      places[ExactString(text)] = ids.count
      ids.append(ExactString(text))
      values.append(item)
    }
    var reads = Self.reads(values)
    for (place, value) in values.enumerated() {
      for route in (value["router"] ?? value)["routes"]?.items ?? [] {
        guard let target = route["target"]?.string.flatMap({ places[ExactString($0)] }) else {
          continue
        }
        reads[target].append((ids[place], false))
      }
    }
    nodes = ids.map(\.text)
    var inputs: [[Int]] = []
    var waits: [Set<Int>] = []
    for list in reads {
      var seen: Set<Int> = []
      var now: Set<Int> = []
      var own: [Int] = []
      for (name, isLagged) in list {
        guard let place = places[name] else { continue }
        if seen.insert(place).inserted { own.append(place) }
        if !isLagged { now.insert(place) }
      }
      inputs.append(own)
      waits.append(now)
    }
    self.inputs = inputs.map { $0.map { ids[$0].text } }
    order = Self.order(waits).map { ids[$0].text }
  }

  private static func reads(_ nodes: [DataNode]) -> [[(name: ExactString, isLagged: Bool)]] {
    nodes.map { node in
      let kind = node["kind"]?.string.map { ExactString($0).lowercased.text } ?? ""
      func names(_ values: DataNode?...) -> [(ExactString, Bool)] {
        values.compactMap { $0?.string.map { (ExactString($0), false) } }
      }
      switch kind {
      case "expr":
        guard let text = node["expr"]?.string else { return [] }
        return Expression(text, isWide: true).references.map { ($0.name, $0.isLagged) }
      case "router": return names((node["router"] ?? node)["inputs"]?["queue"])
      case "servicewithbuffer": return names(node["inflow"], node["outflow"], node["loss"])
      default: return []
      }
    }
  }

  /// Nodes that wait for one another stand at the end, as they came.
  private static func order(_ waits: [Set<Int>]) -> [Int] {
    var readers = [[Int]](repeating: [], count: waits.count)
    var left = waits.map(\.count)
    for (place, names) in waits.enumerated() {
      for name in names { readers[name].append(place) }
    }
    var order = waits.indices.filter { left[$0] == 0 }
    var next = 0
    while next < order.count {
      for reader in readers[order[next]] {
        left[reader] -= 1
        if left[reader] == 0 { order.append(reader) }
      }
      next += 1
    }
    return order + waits.indices.filter { left[$0] > 0 }
  }
}

/// What reads what in a model that can be run.
package enum GraphModel {
  package static func run(
    _ model: SourceText, in engine: Engine
  ) throws(EngineFailure) -> ModelGraph {
    let share = try engine.workspace.texts.share(
      model.count, within: engine.limits.busyTimeMax
    ) { true }
    defer { withExtendedLifetime(share) {} }
    return ModelGraph(try CheckedModel(model, .request, engine.limits).data)
  }
}
