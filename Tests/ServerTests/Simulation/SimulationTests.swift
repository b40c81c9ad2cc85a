import Foundation
import Testing

private func number(_ name: String, default value: UInt64) -> UInt64 {
  ProcessInfo.processInfo.environment[name].flatMap { UInt64($0) } ?? value
}

@Test func `whatever happens in whatever order, each request has one reply and nothing is left`() {
  let first = number("FLOWTIME_SIMULATION_FIRST", default: 1)
  let count = number("FLOWTIME_SIMULATION_COUNT", default: 300)
  for seed in first..<(first + count) {
    var simulation = Simulation(seed: seed)
    simulation.run()
    #expect(
      simulation.problems == [],
      """
      again with: FLOWTIME_SIMULATION_FIRST=\(seed) FLOWTIME_SIMULATION_COUNT=1 \
      swift test --filter 'whatever happens in whatever order'
      """)
    if !simulation.problems.isEmpty { return }
  }
}
