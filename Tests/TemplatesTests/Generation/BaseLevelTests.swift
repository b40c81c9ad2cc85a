import FlowModel
import Source
import Testing

@Test func `a template of the base level in old spellings gives its model`() throws {
  let generated = try Generated(
    """
    metadata:
      id: bakery
      title: "Bakery"
    parameters:
      - name: ovenCap
        type: number
        default: 40
    grid: { bins: 3, binSize: 1, binUnit: hours }
    nodes:
      # orders
      - id: orders
        kind: const
        values: [30, 50, 20]
      - id: baked
        kind: expr
        expression: "MIN(orders, ${ovenCap})"
    outputs:
      - id: baked_out
        source: baked
        filename: baked.csv

    """, #"{"ovenCap": 45}"#)
  #expect(
    generated.diagnostics.map(\.code.rawValue) == [
      "key-deprecated", "key-deprecated", "key-deprecated",
    ])
  #expect(
    generated.text == """
      schemaVersion: 1
      grid:
        bins: 3
        binSize: 1
        binUnit: hours
      nodes:
        - id: orders
          kind: const
          values: [30, 50, 20]
        - id: baked
          kind: expr
          expr: MIN(orders, 45)
      outputs:
        - series: baked
          as: baked.csv

      """)
}
