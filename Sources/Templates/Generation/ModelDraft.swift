import FlowModel
import Source

/// A model while it is made: the lists that generation works on, taken out of the tree.
///
/// A list that the template lacks, or that is broken, is nil and stays as it is: a rule says so.
struct ModelDraft {
  private var root: DataNode
  /// What the author wrote, followed by what was made.
  var nodes: [DataNode]?
  var topologyNodes: [DataNode]?
  var outputs: [DataNode]?
  /// How many of ``nodes`` the author wrote.
  let writtenNodeCount: Int
  /// Places among ``nodes`` of those that a slip stands for.
  private var slips: Set<Int> = []
  /// Numbers that fitting and profiles have brought so far.
  private var valueCount = 0

  /// - Parameter root: in the shape of a model.
  init(_ root: DataNode) {
    self.root = root
    nodes = root["nodes"].flatMap(ModelDraft.list)
    topologyNodes = root["topology"]?["nodes"].flatMap(ModelDraft.list)
    outputs = root["outputs"].flatMap(ModelDraft.list)
    writtenNodeCount = nodes?.count ?? 0
  }

  private static func list(_ node: DataNode) -> [DataNode]? {
    if case .sequence(let items) = node.content { items } else { nil }
  }

  /// Whether there is no list of topology nodes, though there must be one.
  var lacksTopology: Bool {
    topologyNodes == nil && ModelView.newestKeys.contains { root.entry($0) != nil }
  }

  /// The whole template.
  var range: ByteRange { root.range }

  /// What the template says of its mode.
  var mode: Mode { root["mode"]?.string.flatMap { Mode(written: $0) } ?? .simulation }

  /// The number of bins as it is written; nil where it is unknown or out of its range.
  var bins: (count: Int, node: DataNode)? {
    guard let node = root["grid"]?["bins"], let count = node.number?.integer,
      GridBinsRange.range.contains(count)
    else { return nil }
    return (count, node)
  }

  /// The whole model with its lists in place.
  var tree: DataNode {
    var tree = root
    if let nodes { tree.put(nodes, in: "nodes") }
    if let outputs { tree.put(outputs, in: "outputs") }
    if let topologyNodes, var topology = root["topology"] {
      topology.put(topologyNodes, in: "nodes")
      tree.set("topology", topology)
    }
    return tree
  }

  /// Counts numbers before they are put in.
  ///
  /// - Returns: false beyond ``RenderingLimits/valueCountMax``, which is reported once.
  mutating func takeRoom(
    for count: Int, at range: ByteRange, _ path: DataPath, _ findings: inout Findings
  ) -> Bool {
    guard valueCount <= RenderingLimits.valueCountMax else { return false }
    valueCount += count
    if valueCount <= RenderingLimits.valueCountMax { return true }
    ModelTooLarge.report(.values, at: range, path, &findings)
    return false
  }

  /// Adds a node of which nothing is known: a name that is missing may be its.
  ///
  /// - Parameter isSlip: whether a name that is misspelt, which is but a warning, keeps the node from being made.
  mutating func addUnknownNode(at range: ByteRange, isSlip: Bool = false) {
    guard let count = nodes?.count else { return }
    if isSlip { slips.insert(count) }
    nodes?.append(DataNode(made: [("id", DataNode(.unknown, at: range))], at: range))
  }

  /// The draft as it is if what seems misspelt is meant; nil where nothing does.
  var withoutSlips: ModelDraft? {
    guard !slips.isEmpty, let nodes else { return nil }
    var draft = self
    draft.nodes = nodes.enumerated().filter { !slips.contains($0.offset) }.map(\.element)
    return draft
  }

  /// Takes out nodes that only stood for names which might have been made.
  mutating func dropUnknownNodes() {
    guard var nodes, nodes.count > writtenNodeCount else { return }
    nodes[writtenNodeCount...].removeAll { $0["id"]?.isUnknown ?? true }
    self.nodes = nodes
  }

  /// Lets the grid start with the window, unless it has a start of its own.
  mutating func startWithWindow() {
    guard let start = root["window"]?["start"], !start.isBlank, var grid = root["grid"],
      case .mapping = grid.content, grid["start"]?.isBlank ?? true
    else { return }
    grid.set("start", start)
    root.set("grid", grid)
  }

  /// Writes what a template may leave out or write otherwise: the schema version, a seed as text, `PCG32`.
  mutating func finish() {
    if root["schemaVersion"] == nil {
      root.set("schemaVersion", DataNode(.number(.integer(1)), at: ByteRange(at: root.range.start)))
    }
    if var rng = root["rng"], var seed = rng["seed"],
      let number = RNGSeedRange.seed(seed, .template)
    {
      seed.content = .number(.integer(number))
      rng.set("seed", seed)
      root.set("rng", rng)
    }
    if var rng = root["rng"], var kind = rng["kind"], RNGKindUnsupported.isUsual(kind) {
      kind.content = .string(RNGKindUnsupported.usual)
      rng.set("kind", kind)
      root.set("rng", rng)
    }
  }
}

extension DataNode {
  /// Puts a value in place of the key's, or adds an entry that stands where the value does.
  ///
  /// Entries come in any order: ``Shape/projected(_:)`` puts them in the model's.
  mutating func set(_ key: ExactString, _ value: DataNode) {
    var entries = entries
    // Or a change would make a copy of them all.
    content = .unknown
    if let index = entries.firstIndex(where: { $0.key == key }) {
      entries[index].value = value
    } else {
      entries.append(DataEntry(key: key, keyRange: value.range, value: value))
    }
    content = .mapping(entries)
  }

  /// Puts items in the list under a key, if there is one.
  fileprivate mutating func put(_ items: [DataNode], in key: ExactString) {
    guard var list = self[key] else { return }
    list.content = .sequence(items)
    set(key, list)
  }

  /// A text that was made, and what of.
  init(made text: String, at range: ByteRange, causes: [ExactString] = []) {
    self.init(.string(text), at: range, causes: causes)
  }

  /// A mapping that was made of what stands at a range.
  init(made entries: [(ExactString, DataNode)], at range: ByteRange) {
    self.init(
      .mapping(entries.map { DataEntry(key: $0.0, keyRange: range, value: $0.1) }), at: range)
  }
}
