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

  private let places: MethodPlaces
  /// By their places.
  private var entries: [Entry]

  init(_ places: MethodPlaces) {
    self.places = places
    entries = [Entry](repeating: Entry(), count: places.names.count + 1)
  }

  /// Those that were called.
  package var named: [(name: String, entry: Entry)] {
    zip(places.names + [Self.otherName], entries).filter { $1.count > 0 }.map { ($0, $1) }
  }

  mutating func add(_ sample: Tally.Sample) {
    entries[sample.place].times.add(sample.duration, count: sample.count)
    if sample.isError { entries[sample.place].errorCount += 1 }
  }
}

/// Where methods are counted: each that there is has a place, all that nobody knows share the last.
struct MethodPlaces: Sendable {
  /// In the order of places.
  let names: [String]
  private let places: [String: Int]

  init(_ names: [String]) {
    self.names = names
    var places: [String: Int] = [:]
    for (place, name) in names.enumerated() { places[name] = place }
    self.places = places
  }

  /// Where methods are counted that nobody knows.
  var otherPlace: Int { names.count }

  func place(of method: String) -> Int { places[method] ?? otherPlace }
}
