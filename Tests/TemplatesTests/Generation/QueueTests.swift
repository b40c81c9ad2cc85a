import FlowModel
import JSON
import Source
import Templates
import Testing

/// One topology node and what its queue becomes.
private struct QueueCase: Sendable, CustomTestStringConvertible {
  let node: String
  let id: String
  /// The made node without its id and kind, or nil where none is made.
  let made: String?

  init(_ node: String, _ id: String, _ made: String?) {
    self.node = node
    self.id = id
    self.made = made
  }

  var testDescription: String { node }
}

private let flows = "arrivals: demand, served: picked"
private let plain =
  #""inflow":"demand","outflow":"picked","metadata":{"graph.hidden":"true"}"#

@Test(
  arguments: [
    QueueCase(
      "id: PickerWave, kind: serviceWithBuffer, semantics: {\(flows), queueDepth: self}",
      "picker_wave_queue", plain),
    QueueCase(
      "id: HubQueue, kind: queue, semantics: {\(flows), queueDepth: self}", "hub_queue_queue",
      plain),
    QueueCase(
      "id: Airport Dlq, kind: dlq, semantics: {\(flows), queueDepth: self}", "airport_dlq_queue",
      plain),
    QueueCase("id: Desk, kind: queue, semantics: {\(flows)}", "desk_queue", plain),
    QueueCase("id: Desk, kind: queue, semantics: {\(flows), queueDepth: }", "desk_queue", plain),
    QueueCase("id: Desk, kind: queue, semantics: {\(flows), queueDepth: ''}", "desk_queue", plain),
    QueueCase(
      "id: Desk, kind: queue, semantics: {\(flows), queueDepth: backlog}", "backlog", plain),
    QueueCase("id: HTTP-In, kind: queue, semantics: {\(flows)}", "h_t_t_p_in_queue", plain),
    QueueCase("id: _a__B_, kind: queue, semantics: {\(flows)}", "a__b_queue", plain),
    QueueCase(
      "id: Desk, kind: queue, semantics: {arrivals: demand, capacity: picked}", "desk_queue",
      plain),
    QueueCase(
      "id: Desk, kind: queue, semantics: {arrivals: demand, served: picked, capacity: spoiled, errors: spoiled}",
      "desk_queue",
      #""inflow":"demand","outflow":"picked","loss":"spoiled","metadata":{"graph.hidden":"true"}"#),
    QueueCase(
      "id: Desk, kind: queue, dispatchSchedule: {periodBins: 4, phaseOffset: 1, capacitySeries: picked}, semantics: {\(flows)}",
      "desk_queue",
      #""inflow":"demand","outflow":"picked","dispatchSchedule":{"periodBins":4,"phaseOffset":1,"capacitySeries":"picked"},"metadata":{"graph.hidden":"true"}"#
    ),
    QueueCase(
      "id: Desk, kind: queue, semantics: {arrivals: 'series:demand', served: picked}", "desk_queue",
      plain),
    // What is there is not made.
    QueueCase(
      "id: Desk, kind: queue, semantics: {\(flows), queueDepth: spoiled}", "spoiled", nil),
    QueueCase(
      "id: Desk, kind: queue, semantics: {\(flows), queueDepth: 'series:spoiled'}",
      "series:spoiled", nil),
    QueueCase(
      "id: Desk, kind: queue, semantics: {\(flows), queueDepth: 'file:depth.csv'}",
      "file:depth.csv", nil),
    QueueCase("id: Desk, kind: service, semantics: {\(flows)}", "", nil),
    QueueCase("id: Desk, kind: workshop, semantics: {\(flows)}", "", nil),
  ])
private func `a queue is made of what arrives and what leaves`(queue: QueueCase) throws {
  let generated = try Generated(newest("    - {\(queue.node)}"))
  #expect(generated.diagnostics == [])
  let made = queue.made.map {
    #"{"id":"\#(queue.id)","kind":"serviceWithBuffer",\#($0)}"#
  }
  #expect(generated["nodes.3"] == made)
  #expect(
    generated["topology.nodes.0.semantics.queueDepth"]
      == (queue.id.isEmpty ? nil : "\"\(queue.id)\""))
}

@Test func `a name that is taken gets the next free number`() throws {
  let generated = try Generated(
    newest(
      """
          - {id: Desk, kind: queue, semantics: {\(flows)}}
          - {id: _desk, kind: queue, semantics: {\(flows)}}
          - {id: desk, kind: queue, semantics: {\(flows), queueDepth: self}}
          - {id: Other, kind: queue, semantics: {\(flows), queueDepth: desk_queue_4}}
        edges: [{from: Desk, to: _desk}, {from: _desk, to: desk}, {from: desk, to: Other}]
      """,
      nodes: """
          - {id: desk_queue, kind: const, values: [0, 0, 0]}
          - {id: desk_queue_2, kind: const, values: [0, 0, 0]}
        """))
  #expect(
    generated.ids("nodes").dropFirst(5) == [
      "desk_queue_1", "desk_queue_3", "desk_queue_4",
    ])
  #expect(generated["topology.nodes.3.semantics.queueDepth"] == #""desk_queue_4""#)
}

@Test func `the name of a made queue works in expressions and outputs`() throws {
  let generated = try Generated(
    newest(
      "    - {id: Desk, kind: queue, semantics: {\(flows)}}",
      nodes: "  - {id: pressure, kind: expr, expr: \"SHIFT(desk_queue, 1) / 100\"}",
      outputs: "desk_queue, as: depth.csv"))
  #expect(generated.series == ["desk_queue", "demand", "picked"])
}

@Test(arguments: [
  ("id: 1st desk, kind: queue, semantics: {\(flows)}", ["node-id-format"]),
  ("id: Desk, kind: queue, semantics: {\(flows), queueDepth: my-queue}", ["node-id-format"]),
  ("id: '---', kind: queue, semantics: {\(flows)}", ["node-id-format"]),
  ("id: 倉庫, kind: queue, semantics: {\(flows)}", ["node-id-format"]),
  ("id: Desk, kind: queue, semantics: {served: picked}", ["queue-arrivals-required"]),
  ("id: Desk, kind: queue, semantics: {arrivals: demand}", ["queue-outflow-required"]),
  (
    "id: Desk, kind: queue, semantics: {queueDepth: self}",
    ["queue-arrivals-required", "queue-outflow-required"]
  ),
  (
    "id: Desk, kind: queue, semantics: {arrivals: 'demand@gold', served: 'file:a.csv'}",
    ["queue-arrivals-required", "queue-outflow-required"]
  ),
  (
    "id: Desk, kind: queue, semantics: {\(flows), errors: 'file:a.csv'}",
    ["queue-outflow-required"]
  ),
])
func `a queue that cannot be made is said once, where it is asked for`(
  node: String, codes: [String]
) throws {
  #expect(try Rendered(newest("    - {\(node)}")).codes == codes)
}

@Test(arguments: [
  ("semantics: {served: picked}", []),
  ("semantics: {served: picked, queueDepth: self}", ["queue-arrivals-required"]),
  ("semantics: {arrivals: 'file:a.csv', served: picked}", []),
])
func `measurements may lack what a queue is made of, unless it is asked for`(
  semantics: String, codes: [String]
) throws {
  let template = newest("    - {id: Desk, kind: queue, \(semantics)}")
    .replacing("mode: simulation", with: "mode: telemetry")
  let rendered = try Rendered(template)
  #expect(rendered.codes == codes)
  if codes.isEmpty { #expect(rendered["nodes"]?.contains("desk_queue") == false) }
}

@Test(arguments: [
  ("desk_queu", "desk_queue"), ("Desk_Queue", "desk_queue"), ("Self", "self"), ("shelf", "self"),
  ("backlog", nil),
  // Nodes that the topology speaks of are not what is meant.
  ("demands", nil),
])
func `a queue's name that is nearly another's is a warning`(name: String, meant: String?) throws {
  let generated = try Generated(
    newest(
      "    - {id: Desk, kind: queue, semantics: {\(flows), queueDepth: \(name)}}",
      nodes: "  - {id: desk_queue, kind: serviceWithBuffer, inflow: demand, outflow: picked}"))
  #expect(
    generated.diagnostics.map(\.code.rawValue) == (meant == nil ? [] : ["queue-depth-misspelt"]))
  #expect(
    generated.diagnostics.flatMap { $0.fixIts.flatMap { $0.edits.map(\.text) } }
      == (meant.map { [$0] } ?? []))
  #expect(generated.ids("nodes").last == name)
}

@Test(arguments: [
  ("queue", "selff", "desk_queue", ["queue-depth-misspelt": Severity.error]),
  ("queeu", "self", "desk_queue", ["topology-kind-misspelt": .error]),
  ("queue", "selff", "picked", ["queue-depth-misspelt": .warning]),
  ("queeu", "demand", "picked", ["topology-kind-misspelt": .warning]),
  // As soon as something reads it, it is the name of a queue.
  ("queue", "selff", "selff", [:]),
])
func `a slip is an error where something reads the queue that is not made for it`(
  kind: String, depth: String, read: String, findings: [String: Severity]
) {
  let text = newest(
    "    - {id: Desk, kind: \(kind), semantics: {\(flows), errors: spoiled, queueDepth: \(depth)}}",
    outputs: read)
  let found = TemplateDocument(SourceText(text)).render([:], for: .inspection).diagnostics
  #expect(found.map(\.code.rawValue) == Array(findings.keys))
  #expect(found.map(\.severity) == Array(findings.values))
}

@Test func `two topology nodes may share a queue that is made`() throws {
  let generated = try Generated(
    newest(
      """
          - {id: Desk, kind: queue, semantics: {\(flows), queueDepth: backlog}}
          - {id: View, kind: queue, semantics: {\(flows), queueDepth: backlog}}
        edges: [{from: Desk, to: View}]
      """))
  #expect(generated.ids("nodes") == ["demand", "picked", "spoiled", "backlog"])
}

@Test(arguments: [
  ("", "1"), (", parallelism: ", "1"), (", parallelism: 4", "4"),
  (", parallelism: demand", #""demand""#),
])
func `a service with a buffer has a parallelism of one unless it says otherwise`(
  written: String, parallelism: String
) throws {
  let generated = try Generated(
    newest("    - {id: Desk, kind: serviceWithBuffer, semantics: {\(flows)\(written)}}"))
  #expect(generated["topology.nodes.0.semantics.parallelism"] == parallelism)
}

@Test func `other kinds have no parallelism unless it is written`() throws {
  for kind in ["service", "queue", "dlq"] {
    let generated = try Generated(
      newest("    - {id: Desk, kind: \(kind), semantics: {\(flows)}}"))
    #expect(generated["topology.nodes.0.semantics.parallelism"] == nil)
  }
}

@Test func `a parallelism that a parameter brings is a number`() throws {
  let generated = try Generated(
    newest(
      "    - {id: Desk, kind: serviceWithBuffer, semantics: {\(flows), parallelism: \"${staff}\"}}",
      parameters: "{name: staff, type: integer, default: 3}"))
  #expect(generated["topology.nodes.0.semantics.parallelism"] == "3")
}

@Test func `a name that a misspelt queue would have is not blamed too`() throws {
  let template = newest(
    "    - {id: Desk, kind: Queue, semantics: {\(flows), queueDepth: 'file:a.csv'}}",
    outputs: "desk_queue")
  #expect(!(try Rendered(template).codes.contains("output-unknown-node")))
}
