import Source

/// One node that another reads in the same bin.
struct SameBinDependency: Hashable, Sendable {
  /// What the one reads the other by.
  enum Reader: Hashable, Sendable {
    case expression
    /// A key of the node, or of its `inputs`.
    case key(ExactString)
    /// A route of the router at a place among the nodes: its target takes a share of what it splits.
    case route(Int, router: Int)
  }

  /// Places among ``ModelView/nodes`` and, behind them, ``ModelView/madeNodes``.
  let from: Int
  let to: Int
  /// Where the dependency is written.
  let range: ByteRange
  let reader: Reader
}

/// Which nodes wait for which within one bin.
struct SameBinGraph {
  /// For each node what it reads.
  private let edges: [[SameBinDependency]]

  /// - Parameter edges: for each node what it reads; all places are those of nodes.
  init(_ edges: [[SameBinDependency]]) {
    self.edges = edges
  }

  /// The cycles that must be broken, each from its first node in the order of the document round to it again.
  ///
  /// Every node that reads itself is a cycle; of nodes that wait for one another in several ways the shortest cycle
  /// through the first of them is given, since what breaks it often breaks the others. Complexity: O(nodes + edges).
  var cycles: [[SameBinDependency]] {
    var found: [[SameBinDependency]] = []
    for (node, list) in edges.enumerated() {
      if let own = list.first(where: { $0.to == node }) { found.append([own]) }
    }
    let components = StrongComponents(nodeCount: edges.count) { node, edge in
      edge < edges[node].count ? edges[node][edge].to : nil
    }
    let groups = components.numbers
    var isDone = [Bool](repeating: false, count: components.sizes.count)
    for node in edges.indices where components.sizes[groups[node]] > 1 && !isDone[groups[node]] {
      isDone[groups[node]] = true
      found.append(shortestCycle(through: node, groups))
    }
    return found.sorted { left, right in
      (left.first?.from ?? 0, left.count) < (right.first?.from ?? 0, right.count)
    }
  }

  /// Breadth first, within the nodes of one group.
  private func shortestCycle(through start: Int, _ groups: [Int]) -> [SameBinDependency] {
    var cameBy: [Int: SameBinDependency] = [:]
    var queue = [start]
    var next = 0
    while next < queue.count {
      let node = queue[next]
      next += 1
      for edge in edges[node] where groups[edge.to] == groups[start] && edge.to != node {
        if edge.to == start {
          var cycle = [edge]
          var place = node
          while place != start, let edge = cameBy[place] {
            cycle.append(edge)
            place = edge.from
          }
          return cycle.reversed()
        }
        if cameBy[edge.to] == nil {
          cameBy[edge.to] = edge
          queue.append(edge.to)
        }
      }
    }
    return []
  }
}
