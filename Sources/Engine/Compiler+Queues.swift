import FlowModel
import Source

extension Compiler {
  mutating func readStations() {
    let topology = root["topology"]
    var bySnake: [ExactString: Int] = [:]
    for (index, value) in parts.list("nodes", of: topology, at: "topology").enumerated() {
      let path: DataPath = "topology" + "nodes" + index
      guard let (id, idNode) = parts.text("id", of: value) else {
        parts.findings.add(
          TopologyIDMissing.code, at: value.placeOfMissing, "a topology node must have an id",
          path: path)
        continue
      }
      guard stationOf[ExactString(id)] == nil else {
        parts.findings.add(
          TopologyIDDuplicate.code, at: idNode.range, "the id \(quoted(id)) is taken",
          path: path + "id")
        continue
      }
      let kind =
        parts.text("kind", of: value)?.text
        ?? (layout == .file ? TopologyKind.serviceWithBuffer : .service).rawValue
      let snake = snakeCase(id)
      let first = bySnake[ExactString(snake)]
      if let first {
        parts.findings.add(
          EngineSeriesRepeated.self, at: idNode.range,
          "the series of \(quoted(id)) would be called as those of \(quoted(stations[first].id.text)): they are not there",
          path: path + "id")
      } else {
        bySnake[ExactString(snake)] = stations.count
      }
      stationOf[ExactString(id)] = stations.count
      stations.append(
        Station(
          id: ExactString(id), snake: snake, kind: ExactString(kind).lowercased.text,
          value: value, semantics: value["semantics"], path: path, isRepeated: first != nil))
    }
  }

  /// The name in a field of `semantics`, as a column has it.
  func name(_ field: SemanticsField, of station: Station) -> (name: ExactString, node: DataNode)? {
    guard let (text, node) = parts.text(ExactString(field.rawValue), of: station.semantics) else {
      return nil
    }
    return (columnName(text, of: station), node)
  }

  /// A series reference as the name of a column: `self`, `series:a` and `a@Gold` are understood too.
  private func columnName(_ text: String, of station: Station) -> ExactString {
    if byName[ExactString(text)] != nil { return ExactString(text) }
    switch SeriesReference(text) {
    case .ownQueue: return ExactString(station.snake + "_queue")
    case .node(let id, _): return id
    case .file: return ExactString(text)
    }
  }

  /// The column that a field names; nil where it names none.
  func column(_ field: SemanticsField, of station: Station) -> Int? {
    guard let (name, node) = name(field, of: station) else { return nil }
    if field != .queueDepth, node.string == "self", station.queue >= 0 { return station.queue }
    return byName[name]
  }

  /// The same, where a name that nothing has is an error.
  mutating func needed(
    _ field: SemanticsField, of station: Station, _ code: DiagnosticCode? = nil
  ) -> Int? {
    guard let (text, value) = parts.text(ExactString(field.rawValue), of: station.semantics) else {
      return nil
    }
    if let column = column(field, of: station) { return column }
    var message = "no series \(quoted(text))"
    if case .file = SeriesReference(text) {
      message = "the numbers of \(quoted(text)) are not part of the model"
    }
    parts.findings.add(
      code ?? SemanticsUnknownSeries.code, at: value.range, message,
      path: station.path + "semantics" + ExactString(field.rawValue))
    return nil
  }

  /// Says which fields name nothing: what they are for is left out. Those that something needs are errors before.
  mutating func reportUnread() {
    for station in stations {
      for field in SemanticsField.allCases where field.isSeries {
        guard let (text, value) = parts.text(ExactString(field.rawValue), of: station.semantics),
          column(field, of: station) == nil
        else { continue }
        switch SeriesReference(text) {
        // Numbers outside the model, and a queue where there is none to be had, are for others to read.
        case .file, .ownQueue: continue
        case .node: break
        }
        parts.findings.add(
          SemanticsUnknownSeries.code, .warning, at: value.range, "no series \(quoted(text))",
          path: station.path + "semantics" + ExactString(field.rawValue))
      }
    }
  }

  /// Names every column that is there before any is made, then those that nodes and queues make, in the order in which they
  /// are listed.
  mutating func nameColumns() {
    for place in stations.indices where stations[place].hasQueue { nameQueue(place) }
    for place in rates.indices {
      let rate = rates[place]
      let name = ExactString(rate.node.text + "__class_" + rate.id.text)
      rates[place].column = byName[name] == nil ? column(name) : hidden()
      isListed[rates[place].column] = false
      fills.append((rates[place].column, rate.value))
    }
    connectOverflows()
    for item in listingOrder() {
      if item < nodes.count {
        nameTargets(of: item)
      } else {
        nameParts(of: item - nodes.count)
      }
    }
    let members = constraintMembers()
    for (index, constraint) in parts.list("constraints", of: root["topology"], at: "topology")
      .enumerated()
    {
      nameAllocations(constraint, index, members)
    }
    for (place, station) in stations.enumerated() {
      guard let (name, _) = name(.queueDepth, of: station), stationOfQueue[name] == nil else {
        continue
      }
      stationOfQueue[name] = place
    }
  }

  private mutating func nameQueue(_ place: Int) {
    let station = stations[place]
    var name = ExactString(station.snake + "_queue")
    if let written = self.name(.queueDepth, of: station) {
      if case .file = SeriesReference(written.name.text) {} else { name = written.name }
    }
    if let known = nodeOf[name] {
      let column = nodes[known].column
      if isTaken.insert(column).inserted {
        stations[place].queue = column
        if nodes[known].kind == .serviceWithBuffer { stations[place].declared = known }
      } else {
        reportQueueRepeated(name, of: station)
        stations[place].queue = hidden()
      }
    } else {
      if byName[name] != nil { reportQueueRepeated(name, of: station) }
      stations[place].queue = made(name.text)
    }
    guard let (echo, _) = self.name(.retryEcho, of: station) else { return }
    if let known = nodeOf[echo] {
      // What a node computes is what it says; a list is replaced.
      guard nodes[known].kind == .const, !retryKernel(of: station).isEmpty,
        isTaken.insert(nodes[known].column).inserted
      else { return }
      stations[place].echo = nodes[known].column
    } else {
      stations[place].echo = made(echo.text)
    }
  }

  private mutating func reportQueueRepeated(_ name: ExactString, of station: Station) {
    guard !station.isRepeated else { return }
    parts.findings.add(
      EngineSeriesRepeated.self,
      at: self.name(.queueDepth, of: station)?.node.range ?? station.value["id"]?.range
        ?? station.value.range,
      "another series is called \(quoted(name.text)): the queue of \(quoted(station.id.text)) has none",
      path: station.path)
  }

  func retryKernel(of station: Station) -> [DataNode] {
    station.semantics?["retryKernel"]?.items ?? []
  }

  private mutating func connectOverflows() {
    for (place, station) in stations.enumerated() where station.hasQueue {
      guard let (target, value) = parts.text("wipOverflow", of: station.value) else { continue }
      if ExactString(target).lowercased == "loss" { continue }
      guard let known = stationOf[ExactString(target)], stations[known].hasQueue else {
        parts.findings.add(
          WIPOverflowUnknown.code, .warning, at: value.range,
          "no queue \(quoted(target)), so that what is beyond the limit is lost",
          path: station.path + "wipOverflow")
        continue
      }
      stations[place].overflowsTo = known
      overflowing[known, default: []].append(place)
    }
    reportOverflowLoop()
  }

  /// Says what overflow goes round in a circle, whether or not there are limits.
  private mutating func reportOverflowLoop() {
    var start = [Int](repeating: -1, count: stations.count)
    for from in stations.indices {
      var place = from
      while start[place] < 0, let next = stations[place].overflowsTo {
        start[place] = from
        if start[next] == from {
          report(loopFrom: next)
          return
        }
        place = next
      }
    }
  }

  private mutating func report(loopFrom start: Int) {
    var round: [Owner] = []
    var place = start
    repeat {
      let station = stations[place]
      round.append(
        Owner(
          name: station.id.text, range: station.value["id"]?.range ?? station.value.range,
          path: station.path))
      place = station.overflowsTo ?? start
    } while place != start
    // Each waits for the one that sends to it.
    report(round: round.reversed(), "let one of them lose what is beyond its limit")
  }

  private func hasLimit(_ station: Station) -> Bool {
    station.value["wipLimit"].map { !$0.isNull } ?? false
      || parts.text("wipLimitSeries", of: station.value) != nil
  }

  /// Names the columns that a queue makes.
  private mutating func nameParts(of place: Int) {
    let station = stations[place]
    for from in overflowing[place] ?? [] where hasLimit(stations[from]) {
      let column = made(station.snake + "_inflow_from_" + stations[from].snake)
      stations[place].inflows.append((from, column))
    }
    if case .mapping? = station.value["dispatchSchedule"]?.content {
      stations[place].gated = made(station.snake + "_gated_outflow")
    }
    guard hasLimit(station) else { return }
    if parts.text("wipLimitSeries", of: station.value) == nil {
      stations[place].limit = made(station.snake + "_wip_limit")
    }
    stations[place].overflow = made(station.snake + "_overflow")
  }

  /// Places of nodes, and behind them of stations, in the order in which their columns are listed.
  ///
  /// First come those that read nothing in the same bin, then each as soon as all that it reads have come. What stands in
  /// SHIFT counts as not read, routers count as reading nothing: the order is that of the files that others write.
  private func listingOrder() -> [Int] {
    let queues = stations.indices.filter { stations[$0].hasQueue }
    let count = nodes.count + stations.count
    var items: [ExactString: Int] = [:]
    for (place, node) in nodes.enumerated() { items[node.id] = place }
    for place in queues where stations[place].queue >= 0 {
      let name = ExactString(columns[stations[place].queue])
      if items[name] == nil || stations[place].declared == nil {
        items[name] = nodes.count + place
      }
    }
    var readers = [[Int]](repeating: [], count: count)
    var missing = [Int](repeating: 0, count: count)
    func add(_ reader: Int, _ name: ExactString?) {
      guard let name, let read = items[name] else { return }
      readers[read].append(reader)
      missing[reader] += 1
    }
    for (place, node) in nodes.enumerated() where node.kind == .expr {
      guard let text = node.value["expr"]?.string else { continue }
      for name in Compiler.plainReferences(of: text) { add(place, name) }
    }
    for place in queues {
      let station = stations[place]
      add(nodes.count + place, name(.arrivals, of: station)?.name)
      add(nodes.count + place, (name(.served, of: station) ?? name(.capacity, of: station))?.name)
      add(nodes.count + place, name(.errors, of: station)?.name)
    }
    for place in queues {
      guard let target = stations[place].overflowsTo else { continue }
      readers[nodes.count + place].append(nodes.count + target)
      missing[nodes.count + target] += 1
    }
    let all = Array(nodes.indices) + queues.map { nodes.count + $0 }
    var order = all.filter { missing[$0] == 0 }
    var next = 0
    while next < order.count {
      for reader in readers[order[next]] {
        missing[reader] -= 1
        if missing[reader] == 0 { order.append(reader) }
      }
      next += 1
    }
    return order + all.filter { missing[$0] > 0 }
  }

  // MARK: Recurrence

  mutating func emit(queue place: Int) {
    let station = stations[place]
    let path = station.path + "semantics"
    let declared = station.declared.map { nodes[$0] }
    own(
      columns[station.queue].isEmpty ? station.id.text : columns[station.queue],
      station.value["id"]?.range ?? station.value.range, station.path)
    let inflow: Int?
    let outflow: Int?
    var loss = -1
    if let declared {
      inflow = flow("inflow", of: declared, isNeeded: true)
      outflow = flow("outflow", of: declared, isNeeded: true)
      loss = flow("loss", of: declared, isNeeded: false) ?? -1
    } else {
      inflow = needed(.arrivals, of: station)
      if inflow == nil, name(.arrivals, of: station) == nil {
        parts.findings.add(
          SemanticsArrivalsRequired.code,
          at: station.value.entry("semantics")?.keyRange ?? station.value.placeOfMissing,
          "the queue \(quoted(station.id.text)) needs 'arrivals'", path: path + "arrivals")
      }
      if name(.served, of: station) != nil {
        outflow = needed(.served, of: station)
      } else if name(.capacity, of: station) != nil {
        outflow = needed(.capacity, of: station)
      } else {
        outflow = nil
        parts.findings.add(
          EngineOutflowMissing.self,
          at: station.value.entry("semantics")?.keyRange ?? station.value.placeOfMissing,
          "the queue \(quoted(station.id.text)) needs 'served' or 'capacity'", path: path + "served"
        )
      }
      if name(.errors, of: station) != nil { loss = needed(.errors, of: station) ?? -1 }
    }
    emitEcho(of: station)
    guard let inflow, let outflow else { return }
    var arriving = inflow
    // A limit that is shared holds back what arrives, but not what other queues send.
    if station.capped >= 0, station.inflows.isEmpty { arriving = station.capped }
    for (from, column) in station.inflows {
      emit(Instruction(.add, out: column, arriving, stations[from].overflow))
      arriving = column
    }
    var leaving = outflow
    if let schedule = declared?.value["dispatchSchedule"], !schedule.isNull, let declared {
      leaving =
        gate(
          outflow, by: schedule, at: declared.path + "dispatchSchedule",
          into: station.gated >= 0 ? station.gated : nil) ?? outflow
    } else if station.gated >= 0 {
      leaving =
        gate(
          outflow, by: station.value["dispatchSchedule"], at: station.path + "dispatchSchedule",
          into: station.gated) ?? outflow
    }
    var step = Instruction(.queue, out: station.queue, arriving, leaving, loss)
    step.value = seed(of: station)
    if station.overflow >= 0 {
      step.d = limit(of: station)
      if step.d >= 0 { step.e = station.overflow }
    }
    emit(step)
  }

  /// What a queue holds before the first bin.
  mutating func seed(of station: Station) -> Double {
    parts.number(
      "queueDepth", of: station.value["initialCondition"], at: station.path + "initialCondition")
      ?? 0
  }

  private mutating func limit(of station: Station) -> Int {
    if let (text, value) = parts.text("wipLimitSeries", of: station.value) {
      if let column = byName[ExactString(text)] { return column }
      parts.findings.add(
        WIPLimitUnknown.code, at: value.range, "no series \(quoted(text))",
        path: station.path + "wipLimitSeries")
      return -1
    }
    guard let limit = parts.number("wipLimit", of: station.value, at: station.path) else {
      return -1
    }
    guard !(limit < 0) else {
      parts.findings.add(
        QuantityNegative.code, at: station.value["wipLimit"]?.range ?? station.value.range,
        "a limit must not be negative", path: station.path + "wipLimit")
      return -1
    }
    fills.append((station.limit, limit))
    return station.limit
  }

  private mutating func emitEcho(of station: Station) {
    let kernel = retryKernel(of: station)
    guard station.echo >= 0, !kernel.isEmpty, let semantics = station.semantics else { return }
    let weights = parts.numbers("retryKernel", of: semantics, at: station.path + "semantics")
    let field: SemanticsField = name(.failures, of: station) != nil ? .failures : .errors
    guard name(field, of: station) != nil else {
      parts.findings.add(
        EngineRetrySourceMissing.self,
        at: semantics["retryEcho"]?.range ?? semantics.range,
        "the retries of \(quoted(station.id.text)) need 'failures' or 'errors'",
        path: station.path + "semantics" + "retryEcho")
      return
    }
    guard let failures = needed(field, of: station) else { return }
    convolve(failures, weights, into: station.echo)
  }

  // MARK: Constraints

  /// By the id of a constraint the stations that it limits, in their order.
  private func constraintMembers() -> [ExactString: [Int]] {
    var members: [ExactString: [Int]] = [:]
    for (place, station) in stations.enumerated() {
      for item in station.value["constraints"]?.items ?? [] {
        guard let id = item.string.map({ ExactString($0) }), members[id]?.last != place else {
          continue
        }
        members[id, default: []].append(place)
      }
    }
    return members
  }

  private mutating func nameAllocations(
    _ constraint: DataNode, _ index: Int, _ members: [ExactString: [Int]]
  ) {
    guard let (id, _) = parts.text("id", of: constraint) else {
      parts.findings.add(
        ConstraintIDMissing.code, at: constraint.placeOfMissing, "a constraint must have an id",
        path: "topology" + "constraints" + index)
      return
    }
    for member in members[ExactString(id)] ?? [] where !isOut {
      allocations.append(
        Allocation(
          constraint: index, member: member,
          column: made(stations[member].snake + "_capped_" + id)))
    }
  }

  mutating func emitConstraints() {
    let byConstraint = Dictionary(grouping: allocations, by: \.constraint)
    for (index, constraint) in (root["topology"]?["constraints"]?.items ?? []).enumerated() {
      guard let members = byConstraint[index], let (id, idNode) = parts.text("id", of: constraint)
      else { continue }
      let path: DataPath = "topology" + "constraints" + index
      own(id, idNode.range, path)
      guard let (text, value) = parts.text("served", of: constraint["semantics"]) else {
        parts.findings.add(
          ConstraintServedMissing.code, at: constraint.placeOfMissing,
          "the constraint \(quoted(id)) needs 'served'", path: path + "semantics" + "served")
        continue
      }
      guard
        let capacity = byName[ExactString(text)]
          ?? SeriesReference(text).node.flatMap({ byName[$0] })
      else {
        parts.findings.add(
          ConstraintUnknownSeries.code, at: value.range, "no series \(quoted(text))",
          path: path + "semantics" + "served")
        continue
      }
      var demands: [Int] = []
      for member in members {
        let station = stations[member.member]
        if let demand = needed(.arrivals, of: station) {
          demands.append(demand)
        } else if name(.arrivals, of: station) == nil {
          parts.findings.add(
            SemanticsArrivalsRequired.code,
            at: station.value.entry("semantics")?.keyRange ?? station.value.placeOfMissing,
            "\(quoted(station.id.text)) has no 'arrivals' for the constraint \(quoted(id))",
            path: station.path + "semantics" + "arrivals")
        }
      }
      guard demands.count == members.count, let first = demands.first else { continue }
      // The sum itself may be beyond every number: only what is added is looked at.
      var total = derive(.addFinite, first, literal(0))
      for demand in demands.dropFirst() {
        total = derive(.add, total, derive(.addFinite, demand, literal(0)))
      }
      for (member, demand) in zip(members, demands) {
        emit(Instruction(.allocate, out: member.column, demand, total, capacity))
      }
    }
  }
}

/// What a constraint leaves of the arrivals of one member.
struct Allocation {
  let constraint: Int
  let member: Int
  let column: Int
}
