import FlowModel
import Source

/// The parameters that something made has its value from: the union of what went into it, in order of appearance.
struct Causes {
  private(set) var names: [ExactString] = []
  private var known: Set<ExactString> = []

  init(_ nodes: DataNode?...) {
    for node in nodes { add(node) }
  }

  /// Adds what brought a value, and for a list what brought its items.
  mutating func add(_ node: DataNode?) {
    guard let node else { return }
    add(node.causes)
    for item in node.items { add(item.causes) }
  }

  mutating func add(_ names: [ExactString]) {
    for name in names where known.insert(name).inserted { self.names.append(name) }
  }
}
