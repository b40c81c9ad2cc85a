import Engine
import FlowModel
import Glibc
import Source
import Testing

/// Seconds that this thread has computed so far, whatever else the machine does.
private func computed() -> Double {
  var time = timespec()
  _ = unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// A model that has one thing many times.
private struct ManyModel: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let count: Int
  let text: @Sendable (Int) -> String

  init(_ what: String, _ count: Int, _ text: @escaping @Sendable (Int) -> String) {
    testDescription = what
    self.count = count
    self.text = text
  }
}

private let grid = "grid: {bins: 2, binSize: 1, binUnit: hours}\n"
private let two = "nodes:\n  - {id: a, kind: const, values: [1, 2]}\n"

private func lines(_ count: Int, _ line: (Int) -> String) -> String {
  (0..<count).map { line($0) + "\n" }.joined()
}

private func arrivals(_ count: Int, at node: String) -> String {
  "traffic:\n  arrivals:\n"
    + lines(count) {
      "    - {nodeId: \(node), classId: c\($0), pattern: {kind: constant, ratePerBin: 1}}"
    }
}

private func desks(_ count: Int, _ more: String) -> String {
  "topology:\n  nodes:\n"
    + lines(count) {
      "    - {id: N\($0), kind: queue, \(more), semantics: {arrivals: a, served: a}}"
    }
}

private let many = [
  ManyModel("outputs", 500) { count in
    grid + "nodes:\n" + lines(count) { "  - {id: e\($0), kind: const, values: [1]}" }
      + "outputs:\n" + lines(count) { "  - {series: e\($0)}" }
  },
  ManyModel("outputs with a common beginning", 500) { count in
    grid + "nodes:\n" + lines(count) { "  - {id: e\($0)x, kind: const, values: [1]}" }
      + "outputs:\n" + lines(count) { "  - {series: e\($0)x/*}" }
  },
  ManyModel("a chain that has no classes", 150) { count in
    grid + two + "  - {id: e0, kind: expr, expr: z}\n  - {id: z, kind: const, values: [1]}\n"
      + lines(count) { "  - {id: e\($0 + 1), kind: expr, expr: e\($0)}" } + arrivals(1, at: "a")
  },
  ManyModel("rates of one node", 1000) { grid + two + arrivals($0, at: "b") },
  ManyModel("queues that send their excess to the next", 500) { count in
    grid + two + "topology:\n  nodes:\n"
      + lines(count) {
        "    - {id: N\($0), kind: queue, wipLimit: 1, wipOverflow: N\($0 + 1), semantics: {arrivals: a, served: a}}"
      }
  },
  ManyModel("constraints with one member", 500) { count in
    grid + two + desks(count, "constraints: [c1]") + "  constraints:\n"
      + lines(count) { "    - {id: c\($0), semantics: {served: a}}" }
  },
  ManyModel("lists in one expression", 500) { count in
    grid + two + "  - {id: e, kind: expr, expr: \""
      + Array(repeating: "[1]", count: count).joined(separator: " + ") + "\"}\n"
  },
  ManyModel("names in one expression", 500) { count in
    grid + two + lines(count) { "  - {id: e\($0), kind: const, values: [1]}" }
      + "  - {id: e, kind: expr, expr: \""
      + (0..<count).map { "e\($0)" }.joined(separator: " + ") + "\"}\n"
  },
  ManyModel("stations with one pmf", 200) { count in
    let numbers = Array(repeating: "1", count: count).joined(separator: ", ")
    return grid + two
      + "  - {id: p, kind: pmf, pmf: {values: [\(numbers)], probabilities: [\(numbers)]}}\n"
      + "topology:\n  nodes:\n"
      + lines(count) {
        "    - {id: N\($0), kind: service, semantics: {arrivals: p, served: a, capacity: a, processingTimeMsSum: a, servedCount: a}}"
      }
  },
]

@Test(arguments: many)
private func `a model with four times as much takes not much more than four times as long`(
  model: ManyModel
) throws {
  func time(_ count: Int) throws -> Double {
    let text = SourceText(model.text(count))
    var least = Double.infinity
    for _ in 0..<2 {
      let start = computed()
      let (plan, findings) = Plan.compile(ModelDocument(text))
      least = min(least, computed() - start)
      #expect(plan != nil, "\(findings.prefix(3))")
    }
    return least
  }
  let (once, fourfold) = (try time(model.count * 2), try time(model.count * 8))
  #expect(fourfold < 9 * once, "\(once) s, \(fourfold) s")
}

/// What a model asks for can be far more than what it writes down: each of some things for each of others.
private let grown = [
  ManyModel("constraints of one id", 2000) { count in
    grid + two + desks(count, "constraints: [c]") + "  constraints:\n"
      + lines(count) { _ in "    - {id: c, semantics: {served: a}}" }
  },
  ManyModel("classes in expressions", 2000) { count in
    grid + two + lines(count) { "  - {id: e\($0), kind: expr, expr: a}" } + arrivals(count, at: "a")
  },
  ManyModel("classes on edges", 2000) { count in
    grid + two + arrivals(count, at: "a") + "topology:\n  edges:\n"
      + lines(count) { "    - {id: e\($0), from: a, to: a}" }
  },
]

@Test(arguments: grown)
private func `what is beyond a limit is not made before it is refused`(model: ManyModel) throws {
  var limits = EngineLimits()
  limits.columnCountMax = 10_000
  let document = ModelDocument(SourceText(model.text(model.count)))
  let start = computed()
  let (plan, findings) = Plan.compile(document, limits: limits)
  #expect(plan == nil)
  #expect(findings.contains { $0.code == EngineLimit.code })
  // Four million columns take far longer.
  #expect(computed() - start < 2)
}
