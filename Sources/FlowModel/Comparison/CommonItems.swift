/// A longest common subsequence of two lists.
///
/// Source: Myers, "An O(ND) Difference Algorithm and Its Variations", 1986, section 4.
enum CommonItems {
  /// Most items that may be removed and added; the search takes time and memory with its square.
  static let editCountMax = 1_000

  /// - Parameter stepCountLeft: what may be spent: one for each value looked at, one for each step.
  /// - Returns: pairs of places, rising on both sides; nil if a bound was met.
  static func find(_ old: [DataNode], _ new: [DataNode], stepCountLeft: inout Int) -> [(
    old: Int, new: Int
  )]? {
    for item in old + new {
      stepCountLeft -= item.valueCount(max: max(1, stepCountLeft))
      if stepCountLeft <= 0 { return nil }
    }
    // Equal items get equal numbers.
    var numbers: [SameValue: Int] = [:]
    func number(_ item: DataNode) -> Int {
      let next = numbers.count
      return numbers[SameValue(node: item), default: next]
    }
    func numbered(_ items: [DataNode]) -> [Int] {
      items.map { item in
        let number = number(item)
        if number == numbers.count { numbers[SameValue(node: item)] = number }
        return number
      }
    }
    let old = numbered(old)
    let new = numbered(new)
    let start = zip(old, new).prefix { $0 == $1 }.count
    let rest = min(old.count, new.count) - start
    let end = zip(old.reversed(), new.reversed()).prefix(rest).prefix { $0 == $1 }.count
    guard
      let middle = search(
        old[start..<(old.count - end)], new[start..<(new.count - end)],
        stepCountLeft: &stepCountLeft)
    else { return nil }
    return (0..<start).map { ($0, $0) } + middle
      + (0..<end).map { (old.count - end + $0, new.count - end + $0) }
  }

  private static func search(
    _ old: ArraySlice<Int>, _ new: ArraySlice<Int>, stepCountLeft: inout Int
  ) -> [(old: Int, new: Int)]? {
    if old.isEmpty || new.isEmpty { return [] }
    let bound = min(old.count + new.count, editCountMax)
    // For each diagonal (place in old less place in new) how far in old the best way of so many edits comes.
    var reach = [Int](repeating: 0, count: 2 * bound + 3)
    let middle = bound + 1
    // `reach` from -edits to +edits after each number of edits.
    var trace: [[Int]] = []
    for edits in 0...bound {
      for diagonal in stride(from: -edits, through: edits, by: 2) {
        let down =
          diagonal == -edits
          || (diagonal != edits
            && reach[middle + diagonal - 1] < reach[middle + diagonal + 1])
        var x = down ? reach[middle + diagonal + 1] : reach[middle + diagonal - 1] + 1
        var y = x - diagonal
        let from = x
        while x < old.count, y < new.count, old[old.startIndex + x] == new[new.startIndex + y] {
          x += 1
          y += 1
        }
        reach[middle + diagonal] = x
        stepCountLeft -= 1 + x - from
        if stepCountLeft <= 0 { return nil }
        if x >= old.count, y >= new.count {
          return pairs(trace, edits).map { (old.startIndex + $0.old, new.startIndex + $0.new) }
        }
      }
      trace.append(Array(reach[(middle - edits)...(middle + edits)]))
    }
    return nil

    /// The common items on the way back from the end.
    func pairs(_ trace: [[Int]], _ edits: Int) -> [(old: Int, new: Int)] {
      var pairs: [(old: Int, new: Int)] = []
      var (x, y) = (old.count, new.count)
      for edit in stride(from: edits, to: 0, by: -1) {
        let reach = trace[edit - 1]
        func reached(_ diagonal: Int) -> Int {
          let place = diagonal + edit - 1
          return reach.indices.contains(place) ? reach[place] : -1
        }
        let diagonal = x - y
        let down =
          diagonal == -edit
          || (diagonal != edit && reached(diagonal - 1) < reached(diagonal + 1))
        let before = down ? diagonal + 1 : diagonal - 1
        let fromX = reached(before)
        let fromY = fromX - before
        while x > fromX, y > fromY {
          x -= 1
          y -= 1
          pairs.append((x, y))
        }
        (x, y) = (fromX, fromY)
      }
      while x > 0, y > 0 {
        x -= 1
        y -= 1
        pairs.append((x, y))
      }
      return pairs.reversed()
    }
  }
}
