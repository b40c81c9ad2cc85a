import FlowModel
import Source

/// The parameters that something made has its value from: the union of what went into it, in order of appearance.
struct Causes {
  private(set) var names: [ExactString] = []
  private var known: Set<ExactString> = []

  init(_ nodes: DataNode?...) {
    for node in nodes { add(node) }
  }

  init(named names: [ExactString]) {
    add(names)
  }

  /// Adds what brought a value, and for a list what brought its items.
  mutating func add(_ node: DataNode?) {
    guard let node else { return }
    add(node.causes)
    for item in node.items { add(item.causes) }
  }

  /// Adds those of others from a place on.
  mutating func add(_ others: Causes, from place: Int) {
    // What is nobody else's yet is shared.
    if names.isEmpty, place == 0 { self = others } else { add(Array(others.names[place...])) }
  }

  mutating func add(_ names: [ExactString]) {
    for name in names where known.insert(name).inserted { self.names.append(name) }
  }
}

extension DataNode {
  /// The same value, and whatever stands in it, with more causes behind its own.
  func adding(_ names: [ExactString]) -> DataNode {
    if names.isEmpty { return self }
    var node = self
    var causes = Causes(named: node.causes)
    causes.add(names)
    node.causes = causes.names
    switch node.content {
    case .sequence(let items): node.content = .sequence(items.map { $0.adding(names) })
    case .mapping(let entries):
      node.content = .mapping(
        entries.map { entry in
          DataEntry(key: entry.key, keyRange: entry.keyRange, value: entry.value.adding(names))
        })
    default: break
    }
    return node
  }
}
