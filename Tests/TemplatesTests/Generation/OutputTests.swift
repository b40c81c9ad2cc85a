import FlowModel
import Testing

private let all =
  "served: picked, arrivals: demand, servedCount: n10, errors: spoiled, attempts: n4, failures: n5, "
  + "exhaustedFailures: n11, retryEcho: n6, externalDemand: n7, queueDepth: n8, capacity: n9, "
  + "processingTimeMsSum: 'series:n1', parallelism: n2, retryBudgetRemaining: n12"

@Test(arguments: [
  ("\"*\"", "arrivals: demand, served: picked", ["*", "demand", "picked"]),
  ("picked", "arrivals: demand, served: picked", ["picked", "demand"]),
  ("\"*\", exclude: [demand]", "arrivals: demand, served: demand", ["*", "demand"]),
  (
    "\"*\"", all,
    [
      "*", "demand", "picked", "spoiled", "n4", "n5", "n6", "n7", "n8", "n9", "n1", "n10",
    ]
  ),
  ("demand", "arrivals: demand, served: demand, errors: 'file:e.csv'", ["demand"]),
])
func `every series that a topology node names is an output once`(
  outputs: String, semantics: String, series: [String]
) throws {
  let nodes = (1...12).map { "  - {id: n\($0), kind: const, values: [1, 1, 1]}" }
    .joined(separator: "\n")
  let generated = try Generated(
    newest(
      "    - {id: Desk, kind: serviceWithBuffer, semantics: {\(semantics)\(semantics.contains("queueDepth") ? "" : ", queueDepth: 'file:q.csv'")}}",
      nodes: nodes, outputs: outputs))
  #expect(generated.series == series)
}

@Test func `outputs are added node by node, and those that are written stay as they are`() throws {
  let generated = try Generated(
    newest(
      """
          - {id: Desk, kind: queue, semantics: {arrivals: demand, served: picked}}
          - {id: Shop, kind: sink, semantics: {arrivals: picked, errors: spoiled}}
        edges: [{from: Desk, to: Shop}]
      """, outputs: "\"*\", exclude: [spoiled]"))
  #expect(
    generated["outputs"]
      == #"[{"series":"*","exclude":["spoiled"]},{"series":"demand"},{"series":"picked"},{"series":"desk_queue"},{"series":"shop_served"},{"series":"spoiled"}]"#
  )
}

@Test func `without a topology no output is added`() throws {
  let template = newest("    - {id: A, kind: service, semantics: {arrivals: demand}}")
  let base = template.split(separator: "topology:")[0].split(separator: "\n").filter {
    !$0.hasPrefix("mode") && !$0.hasPrefix("window")
  }.joined(separator: "\n")
  #expect(try Generated(base).series == ["*"])
}
