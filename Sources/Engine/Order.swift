import FlowModel

/// The order in which instructions can be carried out: each after those whose columns it reads.
///
/// Instructions that wait for one another through earlier bins alone form a group, which goes bin by bin; all others are
/// done for all bins at once. Complexity: O(instructions).
struct Order {
  /// A run of ``sequence``.
  struct Group {
    let start: Int
    let end: Int
  }

  private(set) var sequence: [Int] = []
  private(set) var groups: [Group] = []
  /// Instructions that wait for one another within one bin, each followed by the one that it reads.
  private(set) var cycle: [Int] = []

  init(_ instructions: [Instruction], columnCount: Int) {
    var writers = [Int](repeating: -1, count: columnCount)
    for (place, step) in instructions.enumerated() {
      writers[step.out] = place
      if step.e >= 0 { writers[step.e] = place }
    }
    var all: [[Int]] = []
    var sameBin: [[Int]] = []
    for step in instructions {
      var reads: [Int] = []
      var now: [Int] = []
      for (index, column) in [step.a, step.b, step.c, step.d].enumerated()
      where column >= 0 && writers[column] >= 0 {
        reads.append(writers[column])
        if !(index == 0 && step.isLagged) { now.append(writers[column]) }
      }
      all.append(reads)
      sameBin.append(now)
    }
    for component in Order.components(of: all) {
      let start = sequence.count
      if let only = component.first, component.count == 1 {
        if sameBin[only].contains(only) {
          cycle = [only]
          return
        }
        sequence.append(only)
      } else {
        let (sorted, cycle) = Order.sorted(component, sameBin)
        guard cycle.isEmpty else {
          self.cycle = cycle
          return
        }
        sequence += sorted
      }
      groups.append(Group(start: start, end: sequence.count))
    }
  }

  /// Nodes that reach one another, ascending; each component after those that it reads.
  private static func components(of edges: [[Int]]) -> [[Int]] {
    let found = StrongComponents(nodeCount: edges.count) { node, edge in
      edge < edges[node].count ? edges[node][edge] : nil
    }
    var components = [[Int]](repeating: [], count: found.sizes.count)
    for (node, number) in found.numbers.enumerated() { components[number].append(node) }
    return components
  }

  /// The members of a component in an order for one bin, or the cycle that forbids one.
  private static func sorted(_ members: [Int], _ sameBin: [[Int]]) -> ([Int], cycle: [Int]) {
    var missing: [Int: Int] = [:]
    for member in members { missing[member] = 0 }
    var readers: [Int: [Int]] = [:]
    for member in members {
      for read in sameBin[member] where missing[read] != nil {
        missing[member, default: 0] += 1
        readers[read, default: []].append(member)
      }
    }
    var ready = members.filter { missing[$0] == 0 }
    var next = 0
    while next < ready.count {
      for reader in readers[ready[next]] ?? [] {
        missing[reader, default: 0] -= 1
        if missing[reader] == 0 { ready.append(reader) }
      }
      next += 1
    }
    guard ready.count < members.count, let start = members.first(where: { missing[$0] != 0 })
    else { return (ready, []) }
    // Each that is left reads another that is left.
    var places: [Int: Int] = [:]
    var way: [Int] = []
    var here = start
    while places[here] == nil {
      places[here] = way.count
      way.append(here)
      guard let read = sameBin[here].first(where: { (missing[$0] ?? 0) > 0 }) else { break }
      here = read
    }
    return ([], Array(way[(places[here] ?? 0)...]))
  }
}
