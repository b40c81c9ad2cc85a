import Wire

/// How often each method was called, and how long its answers took.
///
/// It is bounded by the methods that there are: all that nobody knows count as one.
package struct MethodTimes: Sendable {
  package struct Entry: Sendable {
    package fileprivate(set) var errorCount = 0
    package fileprivate(set) var times = DurationHistogram()
    package var count: Int { times.count }
  }

  /// Stands for every name that is no request's. No method can have it: ours have no brackets.
  package static let otherName = "(other)"

  /// In the order of ``MethodTable/requests``, then the others.
  private var entries = [Entry](repeating: Entry(), count: MethodTable.requests.count + 1)

  package init() {}

  /// Those that were called.
  package var named: [(name: String, entry: Entry)] {
    zip(MethodTable.requests + [Self.otherName], entries).filter { $1.count > 0 }.map { ($0, $1) }
  }

  mutating func add(_ sample: Tally.Sample) {
    entries[sample.place].times.add(sample.duration, count: sample.count)
    if sample.isError { entries[sample.place].errorCount += 1 }
  }

  private static let places = Dictionary(
    uniqueKeysWithValues: MethodTable.requests.enumerated().map { ($1, $0) })

  /// Where methods are counted that nobody knows.
  static let otherPlace = MethodTable.requests.count

  /// Where a method is counted.
  static func place(of method: String) -> Int {
    places[method] ?? otherPlace
  }
}
