import Expressions
import Source

extension ModelView {
  /// What each node reads in the same bin: those that were written, and behind them those that were made.
  ///
  /// An expression reads what it does not shift, a queue its inflow, outflow and loss, a router what it splits, and each of
  /// its targets reads that too. Silent over an expression that cannot be read.
  /// Complexity: O(nodes + references + routes).
  var sameBinDependencies: [[SameBinDependency]] {
    var reading = SameBinReading(self)
    for expression in expressions.all where expression.isReadable {
      for (reference, target) in zip(expression.references, expression.targets) {
        reading.add(reference, to: target, of: expression.node) {
          expression.value.place(of: reference.range)
        }
      }
    }
    for (place, item) in nodes.enumerated() { reading.addFlows(of: item, at: place) }
    for (place, item) in zip(nodes.count..., madeNodes) {
      reading.addFlows(of: item, at: place)
      guard item.kind == .expr, let value = item.value["expr"], let text = value.string else {
        continue
      }
      // What was made of several places stands at one of them.
      for reference in Expression(text).references {
        reading.add(reference, of: place) { value.range }
      }
    }
    return reading.dependencies
  }

  /// A node by its place among ``nodes`` and, behind them, ``madeNodes``.
  func node(at place: Int) -> Item? {
    if nodes.indices.contains(place) { return nodes[place] }
    let made = place - nodes.count
    return madeNodes.indices.contains(made) ? madeNodes[made] : nil
  }

  /// Where a dependency is written, in the author's words.
  func path(of dependency: SameBinDependency) -> DataPath {
    if case .route(let route, let router) = dependency.reader {
      let path: DataPath = "nodes" + (node(at: router)?.index ?? 0)
      return path + "routes" + route + "target"
    }
    guard dependency.from < nodes.count, let node = node(at: dependency.from) else {
      return path(ofMade: dependency)
    }
    let path: DataPath = "nodes" + node.index
    switch dependency.reader {
    case .key("queue"): return path + "inputs" + "queue"
    case .key(let key): return path + key
    case .expression, .route: return path + "expr"
    }
  }

  /// A node that was made is the `queueDepth` of a topology node, or its `served`.
  private func path(ofMade dependency: SameBinDependency) -> DataPath {
    let made = node(at: dependency.from)?.value["id"]?.string
    guard let id = made.map({ ExactString($0) }) else { return DataPath() }
    for node in topology {
      for field in [SemanticsField.queueDepth, .served] {
        guard let text = node.semantics?[field]?.value.string, ExactString(text) == id else {
          continue
        }
        guard case .key(let key) = dependency.reader, let semantics = node.semantics else {
          return node.path
        }
        let source: SemanticsField =
          switch key {
          case "inflow": .arrivals
          case "loss": .errors
          default: semantics.gives(.served) ? .served : .capacity
          }
        return node.path + "semantics" + ExactString(source.rawValue)
      }
    }
    return DataPath()
  }
}

/// The dependencies found so far.
private struct SameBinReading {
  private static let flows: [ExactString] = ["inflow", "outflow", "loss"]

  private let ids: ModelView.Names
  private(set) var dependencies: [[SameBinDependency]]

  init(_ model: ModelView) {
    ids = model.nodeIDs
    dependencies = Array(repeating: [], count: model.nodes.count + model.madeNodes.count)
  }

  /// - Parameters:
  ///   - target: the node that is referred to, where it is known to be one that was written.
  ///   - place: where the reference stands.
  mutating func add(
    _ reference: ExpressionReference, to target: Int = -1, of node: Int, at place: () -> ByteRange
  ) {
    guard !reference.isLagged, let target = target >= 0 ? target : ids.item(reference.name) else {
      return
    }
    dependencies[node].append(
      SameBinDependency(from: node, to: target, range: place(), reader: .expression))
  }

  mutating func addFlows(of item: ModelView.Item, at place: Int) {
    switch item.kind {
    case .serviceWithBuffer:
      for key in SameBinReading.flows { add(item.value[key], of: place, by: .key(key)) }
    case .router:
      guard let queue = item.value["inputs"]?["queue"], let source = node(queue) else { return }
      add(queue, of: place, by: .key("queue"))
      for (index, route) in (item.value["routes"]?.items ?? []).enumerated() {
        guard let value = route["target"], let target = node(value) else { continue }
        dependencies[target].append(
          SameBinDependency(
            from: target, to: source, range: value.range, reader: .route(index, router: place)))
      }
    case .const, .expr, .pmf, nil: return
    }
  }

  private mutating func add(
    _ value: DataNode?, of place: Int, by reader: SameBinDependency.Reader
  ) {
    guard let value, let target = node(value) else { return }
    dependencies[place].append(
      SameBinDependency(from: place, to: target, range: value.range, reader: reader))
  }

  private func node(_ value: DataNode) -> Int? {
    value.string.flatMap { ids.item(ExactString($0)) }
  }
}
