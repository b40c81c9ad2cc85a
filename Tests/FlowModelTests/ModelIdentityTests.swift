import FlowModel
import JSON
import Synchronization
import TestSupport
import Testing

@Test(arguments: [
  ("demo", "{}", "381896c8"), ("demo", #"{"rate":1.5}"#, "218ad3e0"),
  (
    "it-system-microservices",
    #"{"bins":12,"binSize":1,"binUnit":"hours","loadBalancerCapacity":300}"#, "1e56356e"
  ),
  ("transportation-basic", #"{"bins":12}"#, "27286de1"),
  ("transportation-basic", #"{"bins": 12.0}"#, "27286de1"),
  ("transportation-basic", "{}", "0b5e30d0"),
  ("transportation-basic", #"{"seed":42,"bins":12}"#, "748115a2"),
  ("demo", #"{"bins":12,"binSize":60}"#, "354f5725"),
  ("demo", #"{"on":true,"label":"a/b \u00e9 \"q\"","xs":[1,2.5,-3]}"#, "2e39f65f"),
])
func `the hash of a model id is that of template id and parameters`(
  id: String, parameters: String, hash: String
) throws {
  let object = try #require(try JSONDocument.parse(Array(parameters.utf8)).root.objectValue)
  #expect(try ModelIdentity.hash(templateID: id, parameters: object) == hash)
}

/// A clock that a test sets.
private final class TestClock: Sendable {
  private let microseconds: Mutex<Int64>

  init(_ text: String) {
    microseconds = Mutex(TestClock.read(text))
  }

  var now: @Sendable () -> Timestamp {
    { Timestamp(microseconds: self.microseconds.withLock { $0 }) ?? .epoch }
  }

  func set(_ text: String) { microseconds.withLock { $0 = TestClock.read(text) } }

  func move(by step: Int64) { microseconds.withLock { $0 += step } }

  private static func read(_ text: String) -> Int64 {
    Timestamp.Reading(rfc3339: text)?.timestamp.microseconds ?? 0
  }
}

@Test func `the second model of a second has the fraction in its id`() {
  let clock = TestClock("2025-09-25T12:00:00.123456Z")
  let identities = UniqueIdentities(now: clock.now)
  let first = identities.issue(hash: "a1b2c3d4")
  #expect(first.modelID == "model_20250925T120000Z_a1b2c3d4")
  #expect(first.generatedAt.rfc3339 == "2025-09-25T12:00:00.123456Z")

  let second = identities.issue(hash: "a1b2c3d4")
  #expect(second.modelID == "model_20250925T120000.123457Z_a1b2c3d4")
  #expect(second.generatedAt.rfc3339 == "2025-09-25T12:00:00.123457Z")

  let other = identities.issue(hash: "00000000")
  #expect(other.modelID == "model_20250925T120000Z_00000000")

  clock.set("2025-09-25T12:00:00.9Z")
  #expect(identities.issue(hash: "a1b2c3d4").modelID == "model_20250925T120000.900000Z_a1b2c3d4")
  clock.set("2025-09-25T12:00:01.5Z")
  #expect(identities.issue(hash: "a1b2c3d4").modelID == "model_20250925T120001Z_a1b2c3d4")
}

@Test func `a clock that is set back is not followed`() {
  let clock = TestClock("2025-09-25T12:00:05.5Z")
  let identities = UniqueIdentities(now: clock.now)
  let first = identities.issue(hash: "a1b2c3d4")
  clock.set("2025-09-25T11:00:00Z")
  let again = identities.issue(hash: "a1b2c3d4")
  let other = identities.issue(hash: "00000000")
  #expect(again.modelID == "model_20250925T120005.500001Z_a1b2c3d4")
  #expect(again.generatedAt > first.generatedAt)
  #expect(other.modelID == "model_20250925T120005Z_00000000")
  clock.set("2025-09-25T12:00:05.2Z")
  #expect(identities.issue(hash: "a1b2c3d4").modelID == "model_20250925T120005.500002Z_a1b2c3d4")
}

@Test func `a moment that is moved into the next second is not given out again there`() {
  let clock = TestClock("2025-09-25T12:00:00.999999Z")
  let identities = UniqueIdentities(now: clock.now)
  #expect(identities.issue(hash: "a").modelID == "model_20250925T120000Z_a")
  #expect(identities.issue(hash: "a").modelID == "model_20250925T120001.000001Z_a")
  clock.set("2025-09-25T12:00:01.000001Z")
  #expect(identities.issue(hash: "a").modelID == "model_20250925T120001.000002Z_a")
}

@Test func `no identity is given out twice whatever the clock does`() {
  let seed: UInt64 = 20_250_925
  var random = SplitMix64(seed: seed)
  let clock = TestClock("2025-09-25T12:00:00Z")
  let identities = UniqueIdentities(now: clock.now)
  var seen: Set<String> = []
  for step in 0..<20_000 {
    clock.move(by: Int64.random(in: -400_000...500_000, using: &random))
    let identity = identities.issue(hash: "\(Int.random(in: 0..<4, using: &random))")
    #expect(
      seen.insert(identity.modelID).inserted, "seed \(seed), step \(step): \(identity.modelID)")
    let isNamed =
      identity.modelID.hasPrefix("model_" + identity.generatedAt.basic(withFraction: false) + "_")
      || identity.modelID.hasPrefix("model_" + identity.generatedAt.basic(withFraction: true) + "_")
    #expect(isNamed, "seed \(seed), step \(step): \(identity)")
  }
}

@Test func `a fixed clock gives one identity again and again`() throws {
  let time = try #require(Timestamp.Reading(rfc3339: "2025-09-25T12:00:00.5Z")).timestamp
  let identities = FixedIdentities(at: time)
  let first = identities.issue(hash: "a1b2c3d4")
  #expect(first.modelID == "model_20250925T120000Z_a1b2c3d4")
  #expect(identities.issue(hash: "a1b2c3d4") == first)
}
