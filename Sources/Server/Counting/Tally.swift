/// What one connection has counted and not told the process yet: a lock is taken once for messages that arrive together,
/// and not for each.
struct Tally: Sendable {
  /// Answers to requests for one method that took equally long; mostly one.
  struct Sample: Sendable {
    /// See ``MethodPlaces``.
    let place: Int
    let count: Int
    /// Of each.
    let duration: Duration
    let isError: Bool
  }

  /// Samples that are kept at most; the process is told when there are so many.
  private static let sampleCountMax = 256

  var requestCount = 0
  var notificationCount = 0
  private(set) var errorCount = 0
  private(set) var samples: [Sample] = []
  /// Most requests are for the method of the one before. Never a name that nobody knows: it may be long.
  private var last: (method: String, place: Int)
  private let places: MethodPlaces

  init(_ places: MethodPlaces) {
    self.places = places
    last = ("", places.otherPlace)
  }

  var isEmpty: Bool { requestCount == 0 && notificationCount == 0 && samples.isEmpty }
  var isFull: Bool { samples.count >= Self.sampleCountMax }

  mutating func add(_ method: String, _ duration: Duration, count: Int = 1, isError: Bool) {
    var place = last.place
    if method != last.method {
      place = places.place(of: method)
      if place != places.otherPlace { last = (method, place) }
    }
    samples.append(Sample(place: place, count: count, duration: duration, isError: isError))
    if isError { errorCount += count }
  }

  mutating func clear() {
    requestCount = 0
    notificationCount = 0
    errorCount = 0
    samples.removeAll(keepingCapacity: true)
  }
}
