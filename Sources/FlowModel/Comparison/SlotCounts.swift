/// Counts in a row whose sums change as items come and go.
///
/// Source: Fenwick, "A New Data Structure for Cumulative Frequency Tables", 1994.
struct SlotCounts {
  /// 1-based: an entry holds the sum of as many slots up to it as its lowest bit says.
  private var sums: [Int]

  /// `count` slots, the first with `front` items and every other with `others`. Complexity: O(count).
  init(front: Int, others: Int, count: Int) {
    sums = [0] + (0..<count).map { $0 == 0 ? front : others }
    for index in 1..<max(1, sums.count) {
      let parent = index + (index & -index)
      if parent < sums.count { sums[parent] += sums[index] }
    }
  }

  /// Items in the slots before `slot`. Complexity: O(log slots).
  func sum(before slot: Int) -> Int {
    var sum = 0
    var index = min(slot, sums.count - 1)
    while index > 0 {
      sum += sums[index]
      index -= index & -index
    }
    return sum
  }

  /// Complexity: O(log slots).
  mutating func add(_ number: Int, to slot: Int) {
    var index = slot + 1
    while index > 0, index < sums.count {
      sums[index] += number
      index += index & -index
    }
  }
}

/// A longest subsequence that rises. Complexity: O(n log n).
func longestRise(of numbers: [Int]) -> [Int] {
  // Places of the least numbers that end a rise of each length, and before each number the one it follows.
  var ends: [Int] = []
  var before: [Int?] = []
  for (place, number) in numbers.enumerated() {
    var low = 0
    var high = ends.count
    while low < high {
      let middle = low + (high - low) / 2
      if numbers[ends[middle]] < number { low = middle + 1 } else { high = middle }
    }
    before.append(low > 0 ? ends[low - 1] : nil)
    if low < ends.count { ends[low] = place } else { ends.append(place) }
  }
  var rise: [Int] = []
  var next = ends.last
  while let place = next {
    rise.append(numbers[place])
    next = before[place]
  }
  return rise.reversed()
}
