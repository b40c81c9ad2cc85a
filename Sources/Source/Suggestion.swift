/// What somebody may have meant who wrote a name that does not exist.
package enum Suggestion {
  /// Longest name that is compared; a longer one has no near match.
  private static let lengthMax = 128
  /// Most candidates that are compared; those after them are never proposed.
  private static let candidateCountMax = 1_000

  /// The candidates near to `name`, nearest first, at most `countMax`; equally near ones in byte order.
  ///
  /// Near: equal but for case, or at most a third of the longer name's letters away and never more than three.
  /// - Parameters:
  ///   - candidates: in an order that does not change, since only the first 1,000 are looked at.
  ///   - distanceMin: letters away that count as near however short the names are.
  /// Complexity: O(candidates × length²).
  package static func near(
    _ name: String, among candidates: some Sequence<String>, countMax: Int = 3,
    distanceMin: Int = 0
  ) -> [String] {
    near(
      name, among: Array(candidates.prefix(candidateCountMax)), countMax: countMax,
      distanceMin: distanceMin)
  }

  /// The same of names that are at hand: a list costs least to go through.
  package static func near(
    _ name: String, among candidates: [String], countMax: Int = 3, distanceMin: Int = 0
  ) -> [String] {
    let wanted = folded(name)
    guard wanted.count <= lengthMax else { return [] }
    let letters = letters(of: name)
    var found: [(distance: Int, name: ExactString)] = []
    for candidate in candidates.prefix(candidateCountMax) {
      let length = candidate.utf8.count
      let bound = max(distanceMin, min(3, max(wanted.count, length) / 3))
      guard length <= lengthMax, abs(wanted.count - length) <= bound else { continue }
      let others = Suggestion.letters(of: candidate)
      // Each letter that only one of them has costs a step; most names end here.
      guard (letters & ~others).nonzeroBitCount <= bound,
        (others & ~letters).nonzeroBitCount <= bound,
        let distance = distance(wanted, folded(candidate), atMost: bound)
      else { continue }
      found.append((distance, ExactString(candidate)))
    }
    found.sort { $0.distance != $1.distance ? $0.distance < $1.distance : $0.name < $1.name }
    return found.prefix(countMax).map(\.name.text)
  }

  /// The nearest candidate, or nil where none is near or two are equally near.
  ///
  /// Of two that are equally far away, the one that begins alike for longer is nearer: `node` means `nodes`, not `mode`.
  package static func only(
    _ name: String, among candidates: some Sequence<String>, distanceMin: Int = 0
  ) -> String? {
    only(name, among: Array(candidates.prefix(candidateCountMax)), distanceMin: distanceMin)
  }

  /// The same of names that are at hand.
  package static func only(
    _ name: String, among candidates: [String], distanceMin: Int = 0
  ) -> String? {
    let near = near(name, among: candidates, countMax: candidateCountMax, distanceMin: distanceMin)
    if near.isEmpty { return nil }
    let wanted = folded(name)
    let nearest = near.map { candidate in
      let letters = folded(candidate)
      return (
        name: candidate, distance: distance(wanted, letters, atMost: lengthMax) ?? lengthMax,
        shared: zip(wanted, letters).prefix { $0 == $1 }.count
      )
    }
    guard let least = nearest.first?.distance else { return nil }
    let equal = nearest.prefix { $0.distance == least }
    guard let best = equal.max(by: { $0.shared < $1.shared }) else { return nil }
    return equal.count { $0.shared == best.shared } == 1 ? best.name : nil
  }

  /// Which letters a name has, whatever their case: a bit for each. Some letters share one.
  private static func letters(of name: String) -> UInt64 {
    let bytes = name.utf8Span.span
    var letters: UInt64 = 0
    for index in bytes.indices {
      let byte = bytes[index]
      letters |= 1 << UInt64(byte < 0x40 ? byte : byte & 0x1F)
    }
    return letters
  }

  private static func folded(_ name: String) -> [UInt8] {
    name.utf8.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
  }

  /// Edit distance with transpositions of neighbours (optimal string alignment).
  ///
  /// - Returns: nil above `bound`, mostly without looking at the whole of either.
  private static func distance(_ left: [UInt8], _ right: [UInt8], atMost bound: Int) -> Int? {
    // Three rows take turns.
    var beforeLast = Array(repeating: 0, count: right.count + 1)
    var last = Array(0...right.count)
    var row = beforeLast
    var leastOfLast = 0
    for i in left.indices {
      let a = left[i]
      row[0] = i + 1
      var least = i + 1
      for j in right.indices {
        let b = right[j]
        var best = min(row[j] + 1, last[j + 1] + 1, last[j] + (a == b ? 0 : 1))
        if i > 0, j > 0, a == right[j - 1], left[i - 1] == b {
          best = min(best, beforeLast[j - 1] + 1)
        }
        row[j + 1] = best
        least = min(least, best)
      }
      // A transposition reaches back over one row, nothing over two.
      if least > bound, leastOfLast > bound { return nil }
      leastOfLast = least
      (beforeLast, last, row) = (last, row, beforeLast)
    }
    return last[right.count] <= bound ? last[right.count] : nil
  }
}
