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
    let (groups, sizes) = components()
    var isDone = [Bool](repeating: false, count: edges.count)
    for node in edges.indices where sizes[groups[node]] > 1 && !isDone[groups[node]] {
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

  /// Groups of nodes that reach one another, by Tarjan's algorithm without recursion: a chain may be long.
  ///
  /// - Returns: the group of each node, and how many nodes each group has.
  private func components() -> (groups: [Int], sizes: [Int]) {
    var order = [Int](repeating: -1, count: edges.count)
    var low = [Int](repeating: 0, count: edges.count)
    var groups = [Int](repeating: -1, count: edges.count)
    var sizes: [Int] = []
    var open: [Int] = []
    var path: [(node: Int, edge: Int)] = []
    var count = 0
    for root in edges.indices where order[root] < 0 {
      path.append((root, 0))
      while let (node, edge) = path.last {
        if edge == 0 {
          order[node] = count
          low[node] = count
          count += 1
          open.append(node)
        }
        if edge < edges[node].count {
          path[path.count - 1].edge += 1
          let target = edges[node][edge].to
          if order[target] < 0 {
            path.append((target, 0))
          } else if groups[target] < 0 {
            low[node] = min(low[node], order[target])
          }
          continue
        }
        path.removeLast()
        if let parent = path.last?.node { low[parent] = min(low[parent], low[node]) }
        guard low[node] == order[node] else { continue }
        var size = 0
        while let member = open.popLast() {
          groups[member] = sizes.count
          size += 1
          if member == node { break }
        }
        sizes.append(size)
      }
    }
    return (groups, sizes)
  }
}
