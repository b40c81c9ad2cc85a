/// How long many things took, counted by length: its memory does not grow with them.
///
/// Buckets are log-linear: 16 of one width from each power of two to the next. What is read back is the middle of a
/// bucket, which differs by at most 1/32 from every length in it.
package struct DurationHistogram: Sendable {
  /// Steps of 2^30 attoseconds, a little more than a nanosecond: shifting is cheaper than dividing, and nothing here
  /// depends on the unit.
  private static let stepShift: Int128 = 30
  /// Of the number of buckets from one power of two to the next.
  private static let widthShift = 4
  private static let width = 1 << widthShift
  /// What takes 2^40 steps or more, about 20 minutes, falls into the last bucket.
  private static let powerMax = 40
  static let bucketCount = (powerMax - widthShift + 1) * width

  package private(set) var count = 0
  /// Exact, unlike the rest.
  package private(set) var longest = Duration.zero
  /// Empty until something is added.
  private var buckets: [Int] = []

  package init() {}

  /// - Parameter count: how many things took that long.
  package mutating func add(_ duration: Duration, count added: Int = 1) {
    count += added
    longest = max(longest, duration)
    if buckets.isEmpty { buckets = Array(repeating: 0, count: Self.bucketCount) }
    buckets[Self.bucket(of: duration)] += added
  }

  /// The length that so many of a thousand do not pass; zero where nothing was added.
  ///
  /// Complexity: linear in the number of buckets.
  package func percentile(perMille: Int) -> Duration {
    let rank = max(1, (count * perMille + 999) / 1000)
    var passed = 0
    for (index, count) in buckets.enumerated() {
      passed += count
      if passed >= rank { return min(Self.middle(of: index), longest) }
    }
    return longest
  }

  private static func bucket(of duration: Duration) -> Int {
    let steps = Int(clamping: max(0, duration.attoseconds) >> stepShift)
    guard steps >= width else { return steps }
    let power = Int.bitWidth - 1 - steps.leadingZeroBitCount
    guard power < powerMax else { return bucketCount - 1 }
    // Of the steps the first five binary digits count; the first is always 1.
    return (power - widthShift) * width + steps >> (power - widthShift)
  }

  private static func middle(of bucket: Int) -> Duration {
    guard bucket >= width else { return duration(ofHalfSteps: 2 * bucket + 1) }
    let shift = bucket / width - 1
    let start = (bucket % width + width) << shift
    return duration(ofHalfSteps: 2 * start + 1 << shift)
  }

  private static func duration(ofHalfSteps count: Int) -> Duration {
    Duration(attoseconds: Int128(count) << (stepShift - 1))
  }
}
