import Source
import YAML

/// Which nodes are used, by what is outside the nodes and by one another. Nodes are places in ``ModelView/nodes``.
struct NodeUses {
  private let model: ModelView
  /// For each node those that it uses.
  private var uses: [[Int]]
  private var isUsed: [Bool]
  /// Used ones whose own uses are not followed yet.
  private var pending: [Int] = []
  /// Something that may name a node is not known.
  private var isIncomplete = false
  /// The ids of all nodes; found when the first is searched for.
  private var ids: [String]?
  /// Searches for what a name that no node has may mean; each costs as much as many nodes do.
  private var searchesLeft = 100

  /// - Returns: nil where what may use a node is not known.
  init?(_ model: ModelView) {
    self.model = model
    uses = Array(repeating: [], count: model.nodes.count)
    isUsed = Array(repeating: false, count: model.nodes.count)
    let parts = [model.root["outputs"], model.root["topology"], model.root["traffic"]]
    guard !model.nodeIDs.isIncomplete, !parts.contains(where: { $0?.isUnknown == true }) else {
      return nil
    }
    addOutputs()
    addTopology()
    for (place, item) in model.nodes.enumerated() { addNode(item, at: place) }
    if isIncomplete { return nil }
  }

  // MARK: From outside

  private mutating func addOutputs() {
    for output in model.outputs {
      guard let series = output.value["series"], series.string == "*" else {
        use(output.value["series"])
        continue
      }
      let excluded = output.value["exclude"]
      if excluded?.isUnknown == true { isIncomplete = true }
      var left: Set<ExactString> = []
      for name in excluded?.items ?? [] {
        if name.isUnknown { isIncomplete = true }
        if let text = name.string { left.insert(ExactString(text)) }
      }
      for (place, item) in model.nodes.enumerated() {
        if let id = item.value["id"]?.string, !left.contains(ExactString(id)) { mark(place) }
      }
    }
  }

  private mutating func addTopology() {
    for node in model.topology {
      if node.value["semantics"]?.isUnknown == true { isIncomplete = true }
      for field in node.semantics?.fields ?? []
      where field.field.isSeries || field.field == .parallelism {
        use(field.entry.value)
      }
      use(node.value["wipLimitSeries"])
      addSchedule(of: node.value, by: nil)
    }
    for constraint in model.constraints {
      let semantics = constraint.value["semantics"]
      if semantics?.isUnknown == true { isIncomplete = true }
      for entry in semantics?.entries ?? [] { use(entry.value) }
    }
    for arrival in model.arrivals {
      guard let node = arrival.value["nodeId"], let name = node.string else {
        use(arrival.value["nodeId"])
        continue
      }
      if !model.topologyIDs.mayHave(ExactString(name)) || place(of: ExactString(name)) != nil {
        use(node)
      }
    }
  }

  // MARK: Among nodes

  private mutating func addNode(_ item: ModelView.Item, at place: Int) {
    if item.value["kind"]?.isUnknown == true { isIncomplete = true }
    switch item.kind {
    case .expr:
      if let expression = model.expressions.of(place) {
        uses[place] += expression.targets.lazy.filter { $0 >= 0 }.map { Int($0) }
      } else {
        isIncomplete = true
      }
    case .serviceWithBuffer:
      for key: ExactString in ["inflow", "outflow", "loss"] { use(item.value[key], by: place) }
    case .router:
      use(item.value["inputs"]?["queue"], by: place)
      let routes = item.value["routes"]
      if routes?.isUnknown == true { isIncomplete = true }
      for route in routes?.items ?? [] {
        // What a router gives is the series of its targets, so that each needs the other.
        use(route["target"], by: place)
        if let name = route["target"]?.string, let target = self.place(of: ExactString(name)) {
          uses[target].append(place)
        }
      }
    case .const, .pmf, nil: break
    }
    addSchedule(of: item.value, by: place)
  }

  private mutating func addSchedule(of value: DataNode, by place: Int?) {
    let schedule = value["dispatchSchedule"]
    if schedule?.isUnknown == true { isIncomplete = true }
    use(schedule?["capacitySeries"], by: place)
  }

  /// Notes that a value names a node.
  ///
  /// - Parameter user: the node that says so; nil for what is used in any case.
  private mutating func use(_ value: DataNode?, by user: Int? = nil) {
    guard let value, !value.isBlank else { return }
    guard let text = value.string else {
      if value.isUnknown { isIncomplete = true }
      return
    }
    guard
      let place = place(of: ExactString(text))
        ?? SeriesReference(text).node.flatMap({ self.place(of: $0) }) ?? meant(by: text, value)
    else { return }
    if let user { uses[user].append(place) } else { mark(place) }
  }

  /// The node that may be meant by a name that its author wrote and no written node has: another rule says so there.
  private mutating func meant(by name: String, _ value: DataNode) -> Int? {
    guard searchesLeft > 0, let node = SeriesReference(name).node,
      model.source?.tree.text.spells(name, in: value.range) == true
    else { return nil }
    searchesLeft -= 1
    let ids = ids ?? model.nodes.compactMap { $0.value["id"]?.string }
    self.ids = ids
    return Suggestion.only(node.text, among: ids).flatMap { place(of: ExactString($0)) }
  }

  /// The node of that id, if its author wrote it.
  private func place(of id: ExactString) -> Int? {
    model.nodeIDs.item(id).flatMap { $0 < model.nodes.count ? $0 : nil }
  }

  private mutating func mark(_ place: Int) {
    guard !isUsed[place] else { return }
    isUsed[place] = true
    pending.append(place)
  }

  // MARK: What follows

  /// Marks what is used through others.
  mutating func spread() {
    while let place = pending.popLast() {
      for target in uses[place] { mark(target) }
    }
  }

  /// An unused node, and those that are unused since only it uses them.
  struct Group {
    let last: Int
    /// In the order of the document.
    var others: [Int] = []
    /// Whether something uses the last one, all the same.
    let isCircle: Bool
  }

  /// Every node that is not marked is in one of these, which stand in the order of the document.
  var unusedGroups: [Group] {
    var userCounts = Array(repeating: 0, count: uses.count)
    for (place, targets) in uses.enumerated() where !isUsed[place] {
      for target in targets where target != place { userCounts[target] += 1 }
    }
    var isTold = isUsed
    var groups: [Group] = []
    // Those that nothing uses come first: what is left then goes round in circles.
    for isCircle in [false, true] {
      for place in uses.indices where !isTold[place] && (isCircle || userCounts[place] == 0) {
        var group = Group(last: place, isCircle: isCircle)
        isTold[place] = true
        var next = [place]
        while let user = next.popLast() {
          for target in uses[user] where !isTold[target] {
            isTold[target] = true
            group.others.append(target)
            next.append(target)
          }
        }
        group.others.sort()
        groups.append(group)
      }
    }
    return groups.sorted { $0.last < $1.last }
  }
}
