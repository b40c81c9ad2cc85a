import FlowModel
import Testing

@Test(arguments: [
  ("kind: sink, semantics: {arrivals: picked}", "picked", nil),
  ("kind: sink, semantics: {arrivals: picked, served: ''}", "picked", nil),
  ("kind: service, nodeRole: sink, semantics: {arrivals: picked}", "picked", nil),
  ("kind: sink, semantics: {arrivals: picked, served: picked}", "picked", nil),
  (
    "kind: sink, semantics: {arrivals: demand, errors: spoiled}", "shop_served",
    "MAX(0, demand - spoiled)"
  ),
  (
    "kind: sink, semantics: {arrivals: 'series:demand', errors: spoiled}", "shop_served",
    "MAX(0, demand - spoiled)"
  ),
  ("kind: sink, semantics: {arrivals: demand, served: picked, errors: spoiled}", "picked", nil),
])
func `a sink serves what arrives and is no error`(node: String, served: String, expr: String?)
  throws
{
  let generated = try Generated(newest("    - {id: Shop, \(node)}"))
  #expect(generated.diagnostics == [])
  #expect(generated["topology.nodes.Shop.semantics.served"] == "\"\(served)\"")
  #expect(
    generated["nodes.3"]
      == expr.map {
        #"{"id":"shop_served","kind":"expr","expr":"\#($0)","metadata":{"graph.hidden":"true"}}"#
      })
}

@Test func `a sink keeps its dispatch schedule`() throws {
  let generated = try Generated(
    newest(
      "    - {id: Shop, kind: sink, dispatchSchedule: {kind: time-based, periodBins: 2}, semantics: {arrivals: demand, errors: spoiled}}"
    ))
  #expect(
    generated["topology.nodes.Shop.dispatchSchedule"] == #"{"kind":"time-based","periodBins":2}"#)
}

@Test func `the made node of a sink has a free name`() throws {
  let generated = try Generated(
    newest(
      "    - {id: Shop, kind: sink, semantics: {arrivals: demand, errors: spoiled}}",
      nodes: "  - {id: shop_served, kind: const, values: [1, 2, 3]}"))
  #expect(generated["topology.nodes.Shop.semantics.served"] == #""shop_served_1""#)
}
