import JSON
import Server
import SimMethods
import Synchronization
import TestSupport
import Testing
import Wire

/// Whether a histogram says of these lengths what sorting them says, as far as it promises.
private func check(_ lengths: [Duration], _ comment: Comment) {
  var histogram = DurationHistogram()
  for length in lengths { histogram.add(length) }
  let sorted = lengths.map { max($0, .zero) }.sorted()
  #expect(histogram.count == lengths.count, comment)
  #expect(histogram.longest == sorted.last ?? .zero, comment)
  for perMille in [0, 1, 500, 900, 990, 1000] {
    let rank = max(1, (sorted.count * perMille + 999) / 1000)
    let exact = sorted.isEmpty ? .zero : sorted[rank - 1]
    let difference = abs((histogram.percentile(perMille: perMille) - exact) / .nanoseconds(1))
    // The shortest lengths are counted in nanoseconds.
    #expect(difference <= max(1.1, exact / .nanoseconds(1) / 32 * 1.0001), comment)
  }
}

@Test(arguments: [
  [], [0], [-1_000_000_000], [1], [1_000_000_000_000], [1000, 2_000_000_000, 15, 16, 17],
])
func `a histogram tells few lengths`(nanoseconds: [Int]) {
  check(nanoseconds.map { .nanoseconds($0) }, "\(nanoseconds)")
}

@Test func `a histogram tells any lengths to a thirty-second`() {
  for seed: UInt64 in 1...50 {
    var random = SplitMix64(seed: seed)
    let lengths = (0..<Int.random(in: 1...500, using: &random)).map { _ in
      // Every power of two from a nanosecond to a quarter of an hour is as likely.
      let power = Int.random(in: 0...38, using: &random)
      return Duration.nanoseconds(Int.random(in: 1 << power...2 << power, using: &random))
    }
    check(lengths, "seed \(seed)")
  }
}

@Test func `what takes longer than anything should is counted, and its length is exact`() {
  var histogram = DurationHistogram()
  let year = Duration.seconds(31_536_000)
  histogram.add(year)
  #expect(histogram.longest == year)
  #expect(histogram.percentile(perMille: 500) <= year)
  #expect(histogram.percentile(perMille: 500) >= .seconds(1000))
}

/// A clock that goes on by a millisecond whenever it is read.
private final class Clock: Sendable {
  private let readings = Mutex(0)
  var readingCount: Int { readings.withLock { $0 } }
  func read() -> Duration {
    .milliseconds(
      readings.withLock { readings in
        readings += 1
        return readings
      })
  }
}

private func message(_ id: Int, _ method: String) -> String {
  #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)"}"# + "\n"
}

@Test func `status tells of each method how often it was called and how long it took`() throws {
  let clock = Clock()
  var talk = Talk(uptime: clock.read)
  let before = clock.readingCount
  // The clock is read when they come and once for each, echoes that follow each other being one.
  let names = ["echo", "echo", "echo", "echo", "getTemplate", "nobody", "echo", "\u{1F600}"]
  let text = names.enumerated().map { message($0, $1) }.joined()
  #expect(try talk.send(Array(text.utf8)).count == 8)
  #expect(clock.readingCount - before == 6)
  let methods = try #require(try talk.result("status")["methods"]?.objectValue)
  #expect(methods.members.map(\.name) == ["getTemplate", "echo", "(other)"])
  let expected: [(String, Int, Int, Double)] = [
    ("getTemplate", 1, 1, 1000), ("echo", 5, 0, 250), ("(other)", 2, 2, 1000),
  ]
  for (name, count, errorCount, half) in expected {
    let method = try #require(methods[name]?.objectValue)
    #expect(method["count"] == .number(JSONNumber(count)), "\(name)")
    #expect(method["errors"] == .number(JSONNumber(errorCount)), "\(name)")
    let times = try #require(method["microseconds"]?.objectValue)
    #expect(times.members.map(\.name) == ["p50", "p90", "p99", "max"])
    #expect(times["max"] == 1000)
    for (time, exact) in [("p50", half), ("p90", 1000), ("p99", 1000)] {
      let told = try #require(times[time]?.numberValue?.double)
      #expect(abs(told - exact) <= exact / 32, "\(name).\(time)")
    }
  }
}

@Test func `status tells what came before it in one read, and all connections count together`()
  throws
{
  var talk = Talk()
  let text = message(1, "echo") + message(2, "status") + message(3, "status")
  let replies = try talk.send(Array(text.utf8))
  func count(_ reply: JSONObject, _ method: String) -> JSONValue? {
    reply["result"]?.objectValue?["methods"]?.objectValue?[method]?.objectValue?["count"]
  }
  #expect(replies.map { count($0, "echo") } == [nil, 1, 1])
  #expect(replies.map { count($0, "status") } == [nil, nil, 1])
  talk.reconnect()
  #expect(count(try talk.ask("status"), "status") == 2)
}

@Test(arguments: [("echo", "echo", 0), ("nobody", "(other)", 600)])
func `many requests in one read are all counted`(method: String, name: String, errorCount: Int)
  throws
{
  var talk = Talk()
  let text = (0..<600).map { message($0, method) }.joined()
  #expect(try talk.send(Array(text.utf8)).count == 600)
  let status = try talk.result("status")
  #expect(status["methods"]?.objectValue?[name]?.objectValue?["count"] == 600)
  #expect(status["counters"]?.objectValue?["requests"] == 601)
  #expect(status["counters"]?.objectValue?["errors"] == .number(JSONNumber(errorCount)))
}

@Test func `of a long request the time that it waits counts`() throws {
  var limits = SimLimits()
  limits.server.inlineLengthMax = 0
  let clock = Clock()
  var talk = Talk(limits: limits, uptime: clock.read)
  // Two that are begun before either is done: the first waits while the second is read.
  let request =
    #"{"jsonrpc":"2.0","id":@,"method":"validateTemplate","params":{"templateId":"demo"}}"#
  let text = ["1", "2"].map { id in request.replacing("@", with: id) + "\n" }.joined()
  #expect(try talk.send(Array(text.utf8)).count == 2)
  let methods = try talk.result("status")["methods"]?.objectValue
  let method = methods?["validateTemplate"]?.objectValue
  #expect(method?["count"] == 2)
  let longest = method?["microseconds"]?.objectValue?["max"]?.numberValue?.double
  #expect((longest ?? 0) > 1000)
}

@Test func `the methods that are counted are the requests of the OpenRPC document`() throws {
  let document = try JSONDocument.parse(
    Array(try PackageFolder.text("protocol/openrpc.json").utf8)
  ).root.objectValue
  let requests = (document?["methods"]?.arrayValue ?? []).compactMap(\.objectValue).filter {
    $0["x-notification"] != true
  }
  #expect(
    Set(requests.compactMap { $0["name"]?.stringValue }) == Set(MethodTable.sim.requests))
  #expect(Set(MethodTable.sim.requests).count == MethodTable.sim.requests.count)
}
