import FlowModel
import Source

/// Makes a plan of a model's values.
///
/// First every column is named, in the order in which series are listed; then what each is made of is written down, in any
/// order, since names are known by then; at last ``Order`` finds the order to carry it out in.
struct Compiler {
  /// Who is named where something takes part in a cycle.
  struct Owner {
    let name: String
    let range: ByteRange
    let path: DataPath
  }

  /// An item of `nodes`.
  struct Node {
    let id: ExactString
    let kind: NodeKind
    let value: DataNode
    let path: DataPath
    let column: Int
  }

  /// An item of `topology.nodes`.
  struct Station {
    let id: ExactString
    let snake: String
    /// In lower case.
    let kind: String
    let value: DataNode
    let semantics: DataNode?
    let path: DataPath
    /// Whether its series would be called as those of another before it, which is said.
    let isRepeated: Bool
    /// Column of its queue; -1 for none.
    var queue = -1
    /// The node that declares the queue with flows of its own.
    var declared: Int?
    var echo = -1
    var gated = -1
    var limit = -1
    var overflow = -1
    /// Columns that take what others send, in their order.
    var inflows: [(from: Int, column: Int)] = []
    /// Allocations of constraints: what arrives is at most these.
    var capped = -1
    /// Where its excess goes; nil where it disappears.
    var overflowsTo: Int?

    var hasQueue: Bool { kind == "servicewithbuffer" || kind == "queue" || kind == "dlq" }
  }

  let root: DataNode
  let layout: KeyLayout
  let limits: EngineLimits
  var parts: ModelParts

  var bins = 0
  var columns: [String] = []
  var isListed: [Bool] = []
  var byName: [ExactString: Int] = [:]
  var instructions: [Instruction] = []
  var owners: [Owner] = [Owner(name: "", range: ByteRange(at: 0), path: DataPath())]
  var owner = 0
  var fills: [(column: Int, value: Double)] = []
  var lists: [(column: Int, values: [Double])] = []
  var literals: [UInt64: Int] = [:]
  var kernels: [Double] = []
  var stepCount = 0
  var nodes: [Node] = []
  var nodeOf: [ExactString: Int] = [:]
  var stations: [Station] = []
  var stationOf: [ExactString: Int] = [:]
  /// The first of those that name a queue so.
  var stationOfQueue: [ExactString: Int] = [:]
  /// For a station those whose excess goes there, in their order.
  var overflowing: [Int: [Int]] = [:]
  var routers: [Int: Router] = [:]
  /// Columns that routers write, what they write there, and which router does.
  var routed: [Int: [(share: Int, owner: Int)]] = [:]
  /// Columns of nodes that something else writes.
  var isTaken: Set<Int> = []
  var allocations: [Allocation] = []
  var derivedRoutes: [DerivedRoute] = []
  var rates: [ClassRate] = []
  /// Places of ``rates`` by node, then by class.
  var rateOf: [ExactString: [ExactString: Int]] = [:]
  /// What is known of pmf nodes, by column.
  var momentsOf: [Int: (mean: Double, variation: Double)?] = [:]
  /// For a column its classes, with the columns that hold their parts.
  var classColumns: [Int: [(id: ExactString, column: Int)]] = [:]
  var edgeSeries: [Plan.Output] = []
  var isOut = false

  init(_ root: DataNode, layout: KeyLayout, limits: EngineLimits, _ findings: Findings) {
    self.root = root
    self.layout = layout
    self.limits = limits
    parts = ModelParts(findings: findings)
  }

  mutating func compile() -> Plan? {
    guard let grid = readGrid() else { return nil }
    bins = grid.bins
    readNodes()
    readStations()
    readRates()
    readRouters()
    nameColumns()
    let metrics = nameMetrics()
    _ = parts.list("outputs", of: root, at: DataPath())
    guard !parts.findings.hasErrors else { return nil }
    for place in nodes.indices { emit(node: place) }
    emitRouted()
    // Of several constraints the first holds back what arrives.
    for allocation in allocations.reversed() {
      stations[allocation.member].capped = allocation.column
    }
    for place in stations.indices where stations[place].hasQueue { emit(queue: place) }
    emitConstraints()
    emitDerivedRoutes()
    emitMetrics(metrics, grid)
    let classes = readClasses()
    emitClasses(classes)
    emitEdges()
    guard !parts.findings.hasErrors else { return nil }
    for place in instructions.indices where instructions[place].operation == .shift {
      instructions[place].isLagged = instructions[place].first > 0
    }
    let order = Order(instructions, columnCount: columns.count)
    guard order.cycle.isEmpty else {
      report(cycle: order.cycle)
      return nil
    }
    let checks = self.checks()
    let outputs = selectOutputs()
    reportUnread()
    reportUnwritable(outputs)
    guard !parts.findings.hasErrors else { return nil }
    return Plan(
      grid: grid, classes: classes, columnCount: columns.count,
      instructions: order.sequence.map { instructions[$0].placed(bins: bins) },
      groups: order.groups,
      kernels: kernels, fills: fills, lists: lists, outputs: outputs,
      nodes: nodes.map { ($0.id.text, $0.column) }, checks: checks)
  }

  private mutating func readGrid() -> Plan.Grid? {
    guard let entry = root.entry("grid"), !entry.value.isNull else {
      parts.findings.add(
        GridMissing.code, at: root.entries.first?.keyRange ?? root.range,
        "a model needs a grid: bins, binSize and binUnit", path: "grid")
      return nil
    }
    let grid = entry.value
    guard case .mapping = grid.content else {
      parts.findings.add(
        ValueType.self, at: grid.range, "'grid' must be a mapping, not \(grid.described)",
        path: "grid")
      return nil
    }
    let bins = parts.integer("bins", of: grid, at: "grid")
    let size = parts.integer("binSize", of: grid, at: "grid") ?? 1
    let unit = grid["binUnit"].flatMap(\.string) ?? "minutes"
    guard !parts.findings.hasErrors else { return nil }
    guard let bins, bins > 0 else {
      parts.findings.add(
        GridBinsRange.code, at: grid["bins"]?.range ?? entry.keyRange,
        "the number of bins must be a whole number from 1", path: "grid" + "bins")
      return nil
    }
    guard bins <= limits.valueCountMax else {
      reportLimit("\(bins) bins are more than \(limits.valueCountMax)")
      return nil
    }
    return Plan.Grid(bins: bins, binSize: size, binUnit: unit)
  }

  mutating func reportLimit(_ message: String) {
    guard !isOut else { return }
    isOut = true
    parts.findings.add(
      EngineLimit.self, at: root["grid"]?["bins"]?.range ?? root.range, message,
      path: "grid" + "bins")
  }

  // MARK: Columns

  /// Names a column that is listed.
  mutating func column(_ name: ExactString) -> Int {
    if let known = byName[name] { return known }
    let place = append(name.text, isListed: true)
    byName[name] = place
    return place
  }

  /// A column that the topology makes. Where the model has one of that name, it keeps it, and this one is not seen.
  mutating func made(_ name: String) -> Int {
    byName[ExactString(name)] == nil ? column(ExactString(name)) : hidden()
  }

  /// A column that is not listed.
  mutating func hidden() -> Int { append("", isListed: false) }

  /// - Returns: beyond a limit the last column there is: nothing will be computed, and what goes on naming columns takes no
  ///   more room.
  private mutating func append(_ name: String, isListed: Bool) -> Int {
    if isOut, !columns.isEmpty { return columns.count - 1 }
    columns.append(name)
    self.isListed.append(isListed)
    if columns.count > limits.columnCountMax {
      reportLimit("the model needs more than \(limits.columnCountMax) columns")
    } else if columns.count * max(bins, 1) > limits.valueCountMax {
      reportLimit("the model needs more than \(limits.valueCountMax) numbers in \(bins) bins")
    }
    return columns.count - 1
  }

  /// A column that holds one number in all bins.
  mutating func literal(_ value: Double) -> Int {
    if let known = literals[value.bitPattern] { return known }
    let place = hidden()
    fills.append((place, value))
    literals[value.bitPattern] = place
    return place
  }

  mutating func emit(_ instruction: Instruction) {
    guard !isOut else { return }
    var instruction = instruction
    instruction.owner = owner
    instructions.append(instruction)
  }

  /// Writes the result of an operation into a new column.
  mutating func derive(
    _ operation: Instruction.Operation, _ a: Int, _ b: Int = -1, _ c: Int = -1
  ) -> Int {
    let out = hidden()
    emit(Instruction(operation, out: out, a, b, c))
    return out
  }

  mutating func own(_ name: String, _ range: ByteRange, _ path: DataPath) {
    owners.append(Owner(name: name, range: range, path: path))
    owner = owners.count - 1
  }

  // MARK: Cycles

  private mutating func report(cycle: [Int]) {
    var members: [Int] = []
    for place in cycle where members.last != instructions[place].owner {
      members.append(instructions[place].owner)
    }
    if members.count > 1, members.first == members.last { members.removeLast() }
    report(round: members.map { owners[$0] }, "let one read an earlier bin, with SHIFT(x, 1)")
  }

  /// - Parameter members: each followed by the one that it waits for, the last by the first.
  mutating func report(round members: [Owner], _ advice: String) {
    guard let turn = members.indices.min(by: { members[$0].range < members[$1].range }) else {
      return
    }
    let round = Array(members[turn...] + members[..<turn])
    guard let first = round.first else { return }
    let names = round.prefix(Compiler.namesMax).map { quoted($0.name) }
    let way = names + [round.count > Compiler.namesMax ? "…" : quoted(first.name)]
    parts.findings.add(
      EngineCycle.self, at: first.range,
      "these wait for one another within one bin: " + way.joined(separator: " -> ")
        + "; " + advice,
      path: first.path,
      related: round.dropFirst().prefix(Compiler.namesMax).map {
        Related($0.range, "\(quoted($0.name)) is part of it")
      })
  }

  /// Most members of a cycle that are named.
  private static let namesMax = 10
}
