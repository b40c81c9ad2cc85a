/// Which nodes of a graph reach one another: each is in one component with those that it reaches and that reach it.
package struct StrongComponents: Sendable {
  /// The component of each node. A component has a higher number than all others that it reaches.
  package let numbers: [Int]
  /// How many nodes each component has.
  package let sizes: [Int]

  /// Tarjan's algorithm without recursion: a chain may be long. Complexity: O(nodes + edges).
  ///
  /// - Parameters:
  ///   - nodeCount: nodes are named by the numbers from 0.
  ///   - target: where an edge of a node leads, the edges of a node counted from 0; nil behind its last.
  package init(nodeCount: Int, target: (_ node: Int, _ edge: Int) -> Int?) {
    var order = [Int](repeating: -1, count: nodeCount)
    var low = [Int](repeating: 0, count: nodeCount)
    var numbers = [Int](repeating: -1, count: nodeCount)
    var sizes: [Int] = []
    var open: [Int] = []
    var path: [(node: Int, edge: Int)] = []
    var count = 0
    for root in 0..<nodeCount where order[root] < 0 {
      path.append((root, 0))
      while let (node, edge) = path.last {
        if edge == 0 {
          order[node] = count
          low[node] = count
          count += 1
          open.append(node)
        }
        if let next = target(node, edge) {
          path[path.count - 1].edge += 1
          if order[next] < 0 {
            path.append((next, 0))
          } else if numbers[next] < 0 {
            low[node] = min(low[node], order[next])
          }
          continue
        }
        path.removeLast()
        if let parent = path.last?.node { low[parent] = min(low[parent], low[node]) }
        guard low[node] == order[node] else { continue }
        var size = 0
        while let member = open.popLast() {
          numbers[member] = sizes.count
          size += 1
          if member == node { break }
        }
        sizes.append(size)
      }
    }
    (self.numbers, self.sizes) = (numbers, sizes)
  }
}
