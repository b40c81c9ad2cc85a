extension RuleCase {
  /// Rules on what a document says of grid, nodes, outputs and random numbers. Source: docs/reference/model.md.
  static let modelRules: [RuleCase] =
    reading + version + grid + nodes + const + pmf + expressions + outputs + random + provenance

  private static let reading: [RuleCase] = [
    RuleCase("model-empty", in: .model, whole: "«»"),
    RuleCase("model-empty", in: .model, whole: "«»# nothing but a comment\n"),
    RuleCase("model-not-mapping", in: .model, whole: "«- a»\n"),
    RuleCase("model-not-mapping", in: .model, whole: "«a line of text»\n"),
    RuleCase("yaml-document-several", [("seed: 42\n", "seed: 42\n---\n«a: 1»\n")]),
    RuleCase("yaml-tag-unknown", [("id: chance", "id: «!ref chance»")]),
    RuleCase("yaml-tag-unknown", [("id: chance", "id: «!<x:y> chance»")]),
    RuleCase(
      "yaml-key-not-scalar", [("  seed: 42", "  seed: 42\n  «[a, b]»: 1")]),
    RuleCase("yaml-key-not-scalar", [("schemaVersion: 1", "schemaVersion: 1\n«[a, b]»: 1")]),
    RuleCase(
      "number-out-of-range", [("10, 20, 30", "10, «9007199254740992», «.nan»")],
      good: [("10, 20, 30", "10, 9007199254740991, -9007199254740991")]),
    RuleCase("number-out-of-range", [("seed: 42", "seed: «1e400»")]),
    RuleCase("key-unknown", [("binUnit: minutes", "binUnit: minutes\n  «zone»: UTC")]),
    RuleCase(
      "key-unknown", [("  start: 2025", "  «strat»: 2025")], fixes: ["change to 'start'"]),
    RuleCase(
      "key-unknown", [("grid:\n", "«extra»:\n  nested: 1\ngrid:\n")]),
    RuleCase(
      "key-unknown", in: .model, [("    as: served.csv", "    as: served.csv\n    «id»: a")]),
    RuleCase(
      "key-unknown", in: .model,
      [
        ("  - series: served\n    as: served.csv", "  - series: served\n    «filename»: served.csv")
      ],
      fixes: ["change to 'as'"]),
    RuleCase("value-type", [("10, 20, 30", "10, «\"20\"», 30")]),
    RuleCase("value-type", [("10, 20, 30", "10, 20, «null»")]),
    RuleCase("value-type", [("expr: MIN(demand, 5)", "expr: «[1, 2]»")]),
    RuleCase("value-type", [("rng:\n  kind: pcg32\n  seed: 42", "rng: «pcg32»")]),
  ]

  private static let version: [RuleCase] = [
    RuleCase(
      "schema-version-missing", in: .model, [("schemaVersion: 1\n", "«»")],
      fixes: ["add 'schemaVersion: 1'"]),
    RuleCase(
      "schema-version-missing", in: .model, whole: flow.with("«»{\"grid\""),
      good: flow.with("{\"schemaVersion\": 1, \"grid\""), fixes: ["add 'schemaVersion: 1'"]),
    RuleCase(
      "schema-version-missing", in: .model, whole: flow.with("---\n  «»{\"grid\""),
      fixes: ["add 'schemaVersion: 1'"]),
    RuleCase(
      "schema-version-missing", in: .model, whole: indented.with("  «»grid"),
      good: indented.with("  schemaVersion: 1\n  grid"), fixes: ["add 'schemaVersion: 1'"]),
    RuleCase("schema-version-unsupported", [("schemaVersion: 1", "schemaVersion: «2»")]),
    RuleCase(
      "schema-version-unsupported", [("schemaVersion: 1", "schemaVersion: «\"1\"»")],
      fixes: ["change to 1"]),
  ]

  /// A model whose beginning is still to be written.
  private struct Rest: Sendable {
    let text: String

    func with(_ start: String) -> String { start + text }
  }

  private static let flow = Rest(
    text: """
      : {"bins": 1, "binSize": 1, "binUnit": "days"}, "nodes": [{"id": "a", "kind": "const", "values": [1]}]}

      """)

  private static let indented = Rest(
    text: """
      : {bins: 1, binSize: 1, binUnit: days}
        nodes: [{id: a, kind: const, values: [1]}]

      """)

  private static let grid: [RuleCase] = [
    RuleCase(
      "grid-missing", in: .model,
      whole: "«»schemaVersion: 1\nnodes: [{id: a, kind: const, values: [1]}]\n"),
    RuleCase(
      "grid-missing", in: .template,
      whole:
        "«»metadata: {id: a}\nnodes: [{id: a, kind: const, values: [1]}]\noutputs: [{series: a}]\n"),
    RuleCase(
      "grid-missing",
      [
        (
          "grid:\n  bins: 3\n  binSize: 60\n  binUnit: minutes\n  start: 2025-01-01T00:00:00Z\n",
          "«grid»:\n"
        )
      ]),
    RuleCase("grid-bins-range", [("bins: 3", "bins: «0»")]),
    RuleCase("grid-bins-range", [("bins: 3", "bins: «-3»")]),
    RuleCase("grid-bins-range", [("bins: 3", "bins: «10001»")]),
    RuleCase("grid-bins-range", [("bins: 3", "bins: «2.5»")], good: [("bins: 3", "bins: 3.0")]),
    RuleCase("grid-bins-range", [("bins: 3", "bins: «\"3\"»")]),
    RuleCase("grid-bins-range", [("bins: 3", "bins:«»")]),
    RuleCase("grid-bins-range", [("grid:\n  bins: 3\n", "«grid»:\n")]),
    RuleCase(
      "grid-bin-size-range", [("binSize: 60", "binSize: «0»")],
      good: [("binSize: 60", "binSize: 1")]),
    RuleCase(
      "grid-bin-size-range", [("binSize: 60", "binSize: «1001»")],
      good: [("binSize: 60", "binSize: 1000")]),
    RuleCase(
      "grid-bin-size-range", [("grid:\n", "«grid»:\n"), ("  binSize: 60\n", "")]),
    RuleCase(
      "grid-bin-unit", [("binUnit: minutes", "binUnit: «hour»")],
      good: [("binUnit: minutes", "binUnit: hours")], fixes: ["change to 'hours'"]),
    RuleCase(
      "grid-bin-unit", [("binUnit: minutes", "binUnit: «fortnights»")],
      good: [("binUnit: minutes", "binUnit: weeks")]),
    RuleCase("grid-bin-unit", [("binUnit: minutes", "binUnit: «\"\"»")]),
    RuleCase("grid-bin-unit", [("grid:\n", "«grid»:\n"), ("  binUnit: minutes\n", "")]),
    RuleCase(
      "grid-start-format", [("2025-01-01T00:00:00Z", "«2025-01-01»")],
      good: [("2025-01-01T00:00:00Z", "\"2025-01-01T00:00:00+00:00\"")],
      fixes: ["change to '2025-01-01T00:00:00Z'"]),
    RuleCase(
      "grid-start-format", [("2025-01-01T00:00:00Z", "«2025-01-01T00:00:00+02:00»")],
      fixes: ["change to '2024-12-31T22:00:00Z'"]),
    RuleCase("grid-start-format", [("2025-01-01T00:00:00Z", "«2025-02-30T00:00:00Z»")]),
  ]

  private static let nodes: [RuleCase] = [
    RuleCase(
      "nodes-empty", in: .model,
      whole: "schemaVersion: 1\ngrid: {bins: 1, binSize: 1, binUnit: days}\n«nodes»: []\n"),
    RuleCase(
      "nodes-empty", in: .model,
      whole: "«»schemaVersion: 1\ngrid: {bins: 1, binSize: 1, binUnit: days}\n"),
    RuleCase(
      "nodes-empty", in: .template,
      whole: """
        metadata: {id: a}
        grid: {bins: 1, binSize: 1, binUnit: days}
        «nodes»:
        outputs: [{series: "*"}]

        """),
    RuleCase("node-id-missing", [("id: chance\n    kind: pmf", "«kind»: pmf")]),
    RuleCase("node-id-missing", [("id: chance", "id:«»")]),
    RuleCase("node-id-missing", [("id: chance", "id: «\"\"»")]),
    RuleCase(
      "node-id-format", [("id: chance", "id: «my-node»")], good: [("id: chance", "id: _my9")]),
    RuleCase("node-id-format", [("id: chance", "id: «9lives»")]),
    RuleCase("node-id-format", [("id: chance", "id: «5»")]),
    RuleCase("node-id-format", [("id: chance", "id: «\u{212A}»")], good: [("id: chance", "id: K")]),
    RuleCase(
      "node-id-duplicate", [("id: chance", "id: «demand»")], good: [("id: chance", "id: Demand")]),
    // Also where an alias brings it, which stands where its anchor does.
    RuleCase(
      "node-id-duplicate",
      [("id: demand", "id: &id «demand»"), ("id: chance", "id: *id")],
      good: [
        ("id: demand", "id: &id demand"), ("id: chance", "metadata: {of: *id}\n    id: chance"),
      ]),
    RuleCase("node-kind-missing", [("id: chance\n    kind: pmf", "id: «chance»")]),
    RuleCase("node-kind-missing", [("kind: pmf", "kind:«»")]),
    RuleCase("node-kind-unknown", [("kind: pmf", "kind: «pfm»")], fixes: ["change to 'pmf'"]),
    RuleCase("node-kind-unknown", [("kind: pmf", "kind: «PMF»")], fixes: ["change to 'pmf'"]),
    RuleCase("node-kind-unknown", [("kind: pmf", "kind: «dice»")]),
    RuleCase("node-kind-unknown", [("kind: pmf", "kind: «1»")]),
    RuleCase(
      "kind-field-conflict",
      [("expr: MIN(demand, 5)", "expr: MIN(demand, 5)\n    «values»: [1, 2, 3]")]),
    RuleCase("kind-field-conflict", [("values: [10", "«expr»: demand\n    values: [10")]),
  ]

  private static let const: [RuleCase] = [
    RuleCase(
      "const-values-missing",
      [
        (
          "id: demand\n    kind: const\n    values: [10, 20, 30]",
          "id: «demand»\n    kind: const"
        )
      ]),
    RuleCase("const-values-missing", [("values: [10, 20, 30]", "«values»: []")]),
    RuleCase("const-values-missing", [("values: [10, 20, 30]", "«values»:")]),
    RuleCase(
      "const-length-mismatch", [("[10, 20, 30]", "«[10, 20]»")],
      good: [("bins: 3", "bins: 2"), ("[10, 20, 30]", "[10, 20]")]),
    RuleCase("const-length-mismatch", [("[10, 20, 30]", "«[10, 20, 30, 40]»")]),
  ]

  private static let pmf: [RuleCase] = [
    RuleCase(
      "pmf-missing",
      [
        (
          "id: chance\n    kind: pmf\n    pmf:\n      values: [1, 2]\n      probabilities: [0.25, 0.75]",
          "id: «chance»\n    kind: pmf"
        )
      ]),
    RuleCase(
      "pmf-missing",
      [("    pmf:\n      values: [1, 2]\n      probabilities: [0.25, 0.75]\n", "    «pmf»:\n")]),
    RuleCase("pmf-values-empty", [("values: [1, 2]", "«values»: []")]),
    RuleCase(
      "pmf-values-empty",
      [("values: [1, 2]\n      probabilities: [0.25, 0.75]", "«probabilities: [0.25, 0.75]»")]),
    RuleCase("pmf-probabilities-empty", [("probabilities: [0.25, 0.75]", "«probabilities»: []")]),
    RuleCase(
      "pmf-probabilities-empty",
      [("values: [1, 2]\n      probabilities: [0.25, 0.75]", "«values: [1, 2]»")]),
    RuleCase(
      "pmf-length-mismatch", [("[0.25, 0.75]", "«[0.25, 0.5, 0.25]»")],
      good: [("[1, 2]", "[1, 2, 3]"), ("[0.25, 0.75]", "[0.25, 0.5, 0.25]")]),
    RuleCase(
      "pmf-probabilities-sum", [("[0.25, 0.75]", "«[0.25, 0.750002]»")],
      good: [("[0.25, 0.75]", "[0.25, 0.7500005]")]),
    RuleCase(
      "pmf-probabilities-sum",
      [("[1, 2]", "[1, 2, 3]"), ("[0.25, 0.75]", "«[0.33, 0.33, 0.33]»")],
      good: [("[1, 2]", "[1, 2, 3]"), ("[0.25, 0.75]", "[0.33, 0.33, 0.34]")],
      fixes: ["change the last one to 0.34"]),
    RuleCase("pmf-probabilities-sum", [("[0.25, 0.75]", "«[0.3, 0.5]»")]),
    RuleCase(
      "pmf-probability-negative", [("[0.25, 0.75]", "[«-0.25», 0.75]")],
      good: [("[0.25, 0.75]", "[0, 1]")]),
    RuleCase("pmf-probability-above-one", [("[0.25, 0.75]", "[0.25, «1.75»]")]),
    RuleCase("pmf-value-duplicate", [("[1, 2]", "[1, «1.0»]")]),
    RuleCase("pmf-not-finite", [("[1, 2]", "[1, «.inf»]")]),
    RuleCase("pmf-not-finite", [("[0.25, 0.75]", "[«.nan», 0.75]")]),
  ]

  private static let outputs: [RuleCase] = [
    RuleCase(
      "output-source-missing", [("- series: demand\n    as: demand.csv", "- «as: demand.csv»")]),
    RuleCase("output-source-missing", [("series: demand", "series:«»")]),
    RuleCase(
      "output-unknown-node", [("series: served", "series: «servd»")], fixes: ["change to 'served'"]),
    RuleCase(
      "output-unknown-node", [("series: served", "series: «nobody»")],
      good: [("series: served", "series: \"*\"")]),
    RuleCase("output-unknown-node", [("series: served", "series: «[served]»")]),
    RuleCase(
      "output-exclude-unknown",
      [("series: served", "exclude: [demand, «servd»]\n    series: \"*\"")],
      good: [("series: served", "exclude: [demand]\n    series: \"*\"")],
      fixes: ["change to 'served'"]),
    RuleCase(
      "output-exclude-unknown", [("series: served", "exclude: [«nobody»]\n    series: \"*\"")]),
    RuleCase("output-filename-format", [("as: served.csv", "as: «served»")]),
    RuleCase("output-filename-format", [("as: served.csv", "as: «../served.csv»")]),
    RuleCase(
      "output-filename-format", [("as: served.csv", "as: «.csv»")],
      good: [("as: served.csv", "as: A_9-b.txt")]),
    RuleCase("output-filename-format", [("as: served.csv", "as: «7»")]),
    RuleCase("output-filename-duplicate", [("as: demand.csv", "as: «served.csv»")]),
  ]

  private static let random: [RuleCase] = [
    RuleCase("rng-kind-missing", [("rng:\n  kind: pcg32\n", "«rng»:\n")]),
    RuleCase("rng-kind-missing", [("kind: pcg32", "kind:«»")]),
    RuleCase(
      "rng-kind-unsupported", [("kind: pcg32", "kind: «pgc32»")], fixes: ["change to 'pcg32'"]),
    RuleCase("rng-kind-unsupported", [("kind: pcg32", "kind: «pcg64»")]),
    RuleCase(
      "rng-kind-unsupported", in: .template,
      whole: "metadata: {id: a}\n" + model.replacing("pcg32", with: "«mt19937»")),
    RuleCase(
      "rng-kind-unsupported", in: .template,
      whole: "metadata: {id: a}\n" + model.replacing("pcg32", with: "«PCG32»"),
      fixes: ["change to 'pcg32'"]),
    RuleCase("rng-seed-missing", [("rng:\n", "«rng»:\n"), ("\n  seed: 42", "")]),
    RuleCase("rng-seed-missing", [("seed: 42", "seed:«»")]),
    RuleCase("rng-seed-range", [("seed: 42", "seed: «-1»")], good: [("seed: 42", "seed: 0")]),
    RuleCase(
      "rng-seed-range", [("seed: 42", "seed: «2147483648»")],
      good: [("seed: 42", "seed: 2147483647")]),
    RuleCase("rng-seed-range", [("seed: 42", "seed: «1.5»")]),
    RuleCase("rng-seed-range", in: .model, [("seed: 42", "seed: «\"42\"»")]),
    RuleCase("rng-seed-range", [("seed: 42", "seed: «lucky»")]),
  ]

  private static let provenance: [RuleCase] = [
    RuleCase(
      "provenance-malformed", in: .model, [("grid:\n", "provenance: «made by me»\ngrid:\n")]),
    RuleCase("provenance-malformed", in: .model, [("grid:\n", "«provenance»:\ngrid:\n")]),
    RuleCase(
      "provenance-malformed", in: .model,
      [("grid:\n", "«provenance»: {model_id: a}\ngrid:\n")],
      good: [("grid:\n", "provenance: {model_id: a, template_id: b}\ngrid:\n")]),
    RuleCase(
      "provenance-malformed", in: .model,
      [
        (
          "grid:\n",
          """
          provenance:
            model_id: a
            template_id: «7»
            generated_at: «yesterday»
            model_hash: «"sha256:12"»
            parameters: «[1]»
          grid:\n
          """
        )
      ],
      good: [
        (
          "grid:\n",
          """
          provenance:
            modelId: a
            templateId: b
            generatedAt: "2025-09-25T12:00:00.5Z"
            parameters: {}
            anything: else
          grid:\n
          """
        )
      ]),
    RuleCase(
      "provenance-malformed", in: .model,
      [("grid:\n", "provenance: {model_id: a, template_id: b, templateId: «b»}\ngrid:\n")]),
  ]
}
