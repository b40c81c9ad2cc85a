extension RuleCase {
  /// Rules on what only a template has. Source: docs/reference/template.md.
  static let templateRules: [RuleCase] =
    document + metadata + spellings + parameters + defaults + references + arrays + generation

  private static let document: [RuleCase] = [
    RuleCase("template-empty", in: .template, whole: "«»"),
    RuleCase("template-empty", in: .template, whole: "---«»\n...\n"),
    RuleCase("template-not-mapping", in: .template, whole: "«[a, b]»\n"),
    RuleCase("template-not-mapping", in: .template, whole: "«|\n  text»\n"),
    RuleCase(
      "provenance-preset-ignored", in: .template,
      [("grid:\n", "«provenance»: {model_id: forged}\ngrid:\n")]),
    RuleCase(
      "outputs-empty", in: .template,
      [
        (
          "outputs:\n  - series: baked\n    as: baked.csv\n    description: A ${size} oven\n  - series: \"*\"",
          "«outputs»: []"
        ), ("expr: MIN(orders, 5)", "expr: MIN(orders, 5) # ${size}"),
        (
          "  - name: size\n    type: string\n    default: small\n    enum: [small, large]\n", ""
        ),
      ]),
    RuleCase(
      "outputs-empty", in: .template,
      whole: """
        «»metadata: {id: a}
        grid: {bins: 1, binSize: 1, binUnit: days}
        nodes: [{id: a, kind: const, values: [1]}]

        """),
  ]

  private static let metadata: [RuleCase] = [
    RuleCase("metadata-id-missing", in: .template, [("  id: bakery", "  id:«»")]),
    RuleCase("metadata-id-missing", in: .template, [("  id: bakery", "  id: «\" \"»")]),
    RuleCase(
      "metadata-id-missing", in: .template,
      [("metadata:\n  id: bakery", "«metadata»:\n  title: Bakery")]),
    RuleCase("metadata-id-missing", in: .template, [("metadata:\n  id: bakery\n", "«»")]),
    RuleCase("metadata-id-format", in: .template, [("  id: bakery", "  id: «Bakery»")]),
    RuleCase(
      "metadata-id-format", in: .template, [("  id: bakery", "  id: «m2.pmf»")],
      good: [("  id: bakery", "  id: m2-pmf")]),
    RuleCase(
      "value-type", in: .template, [("  id: bakery", "  id: bakery\n  tags: «beginner»")],
      good: [("  id: bakery", "  id: bakery\n  tags: [beginner, 2]")]),
    RuleCase(
      "key-unknown", in: .template, [("  id: bakery", "  id: bakery\n  «titel»: Bakery")],
      fixes: ["change to 'title'"]),
  ]

  private static let spellings: [RuleCase] = [
    RuleCase(
      "key-deprecated", in: .template, [("expr: MIN(orders, 5)", "«expression»: MIN(orders, 5)")],
      fixes: ["change to 'expr'"]),
    RuleCase(
      "key-deprecated", in: .template,
      [
        (
          "- series: baked\n    as: baked.csv",
          "- id: a\n    «source»: baked\n    «filename»: baked.csv"
        )
      ],
      good: [("- series: baked\n", "- id: a\n    series: baked\n")],
      fixes: ["change to 'series'", "change to 'as'"]),
    RuleCase(
      "key-spelled-twice", in: .template,
      [("expr: MIN(orders, 5)", "expr: MIN(orders, 5)\n    «expression»: 5")]),
    RuleCase(
      "key-spelled-twice", in: .template, [("    min: 1\n", "    min: 1\n    «minimum»: 1\n")],
      good: [("    min: 1\n", "    minimum: 1\n")]),
    RuleCase(
      "output-id-missing", in: .template, [("- series: baked", "- «source»: baked")],
      besides: ["key-deprecated"]),
    RuleCase(
      "output-id-missing", in: .template, [("- series: baked", "- id:«»\n    source: baked")],
      good: [("- series: baked", "- id:\n    series: baked")], besides: ["key-deprecated"]),
  ]

  private static let parameters: [RuleCase] = [
    RuleCase(
      "value-type", in: .template,
      whole: """
        metadata: {id: a}
        parameters: «{bins: 3}»
        grid: {bins: 1, binSize: 1, binUnit: days}
        nodes: [{id: a, kind: const, values: [1]}]
        outputs: [{series: a}]

        """),
    RuleCase(
      "parameter-name-missing", in: .template,
      [("parameters:\n", "parameters:\n  - «type»: integer\n    default: 1\n")]),
    RuleCase(
      "parameter-name-missing", in: .template,
      [("parameters:\n", "parameters:\n  - name:«»\n    type: integer\n")]),
    RuleCase(
      "parameter-name-format", in: .template,
      [("parameters:\n", "parameters:\n  - name: «my-bins»\n    type: integer\n")]),
    RuleCase(
      "parameter-name-format", in: .template,
      [("parameters:\n", "parameters:\n  - name: «\u{212A}»\n    type: integer\n")]),
    RuleCase(
      "parameter-name-format", in: .template,
      [("parameters:\n", "parameters:\n  - name: «7»\n    type: integer\n")]),
    RuleCase(
      "parameter-name-duplicate", in: .template,
      [("  - name: size", "  - name: «bins»\n    type: integer\n  - name: size")]),
    RuleCase(
      "parameter-type-unknown", in: .template, [("type: integer", "type: «interger»")],
      fixes: ["change to 'integer'"]),
    RuleCase("parameter-type-unknown", in: .template, [("type: integer", "type: «date»")]),
    RuleCase(
      "parameter-type-unknown", in: .template, [("type: integer", "type: «Int»")],
      fixes: ["change to 'integer'"]),
    RuleCase(
      "parameter-type-unknown", in: .template, [("type: integer", "type: «double»")],
      fixes: ["change to 'number'"]),
    RuleCase(
      "value-type", in: .template,
      [("values: ${pattern}", "values: [«$bins», «\"{{ bins }}\"», «$bin»]")],
      fixes: ["change to '${bins}'", "change to '${bins}'"], besides: ["parameter-unused"]),
    RuleCase(
      "parameter-type-unknown", in: .template,
      [("name: bins\n    type: integer", "name: «bins»")]),
    RuleCase(
      "parameter-fit-invalid", in: .template,
      [("    type: array", "    type: array\n    fit: «repeet»")],
      good: [("    type: array", "    type: array\n    fit: repeat")], fixes: ["change to 'repeat'"]
    ),
    RuleCase(
      "parameter-fit-invalid", in: .template,
      [("    type: integer", "    type: integer\n    fit: «hold»")]),
    RuleCase(
      "parameter-bounds-inverted", in: .template,
      [("min: 1", "min: «11»"), ("default: 3", "# none")],
      good: [("min: 1", "min: 3"), ("max: 10", "max: 3")]),
    RuleCase(
      "parameter-unused", in: .template,
      [("A ${size} oven", "An oven"), ("name: size", "name: «size»")]),
    RuleCase(
      "value-type", in: .template, [("    default: small", "    required: «maybe»")],
      good: [("    default: small", "    required: true")]),
    RuleCase(
      "value-type", in: .template, [("    default: small", "    sensitive: «1»")],
      good: [("    default: small", "    sensitive: true")]),
    RuleCase("value-type", in: .template, [("[small, large]", "[small, large, «3»]")]),
    RuleCase(
      "value-type", in: .template,
      [("    type: array\n", "    type: array\n    arrayOf: «intger»\n")],
      good: [("    type: array\n", "    type: array\n    arrayOf: integer\n")],
      fixes: ["change to 'integer'"]),
    RuleCase(
      "value-type", in: .template,
      [("    type: array\n", "    type: array\n    arrayOf: «float»\n")],
      good: [("    type: array\n", "    type: array\n    arrayOf: number\n")]),
    RuleCase(
      "key-deprecated", in: .template,
      [("    type: array\n", "    type: array\n    arrayOf: «Int»\n")],
      good: [("    type: array\n", "    type: array\n    arrayOf: ''\n")],
      fixes: ["change to 'integer'"]),
    RuleCase(
      "key-deprecated", in: .template,
      [("    type: array\n", "    type: array\n    arrayOf: «\"double\"»\n")],
      fixes: ["change to 'number'"]),
  ]

  private static let defaults: [RuleCase] = [
    RuleCase("parameter-default-invalid", in: .template, [("default: 3", "default: «0»")]),
    RuleCase(
      "parameter-default-invalid", in: .template, [("default: 3", "default: «11»")],
      good: [("default: 3", "default: 3.0")]),
    RuleCase("parameter-default-invalid", in: .template, [("default: 3", "default: «2.5»")]),
    RuleCase("parameter-default-invalid", in: .template, [("default: 3", "default: «\"3\"»")]),
    RuleCase("parameter-default-invalid", in: .template, [("default: small", "default: «medium»")]),
    RuleCase("parameter-default-invalid", in: .template, [("default: small", "default: «1.0»")]),
    RuleCase(
      "parameter-default-invalid", in: .template, [("default: [1, 2, 3]", "default: «1»")]),
    RuleCase(
      "parameter-default-invalid", in: .template,
      [("default: [1, 2, 3]", "default: [1, «-2», «x»]")]),
  ]

  private static let references: [RuleCase] = [
    RuleCase(
      "placeholder-undeclared", in: .template, [("MIN(orders, 5)", "MIN(orders, ${«bin»})")],
      fixes: ["change to 'bins'"]),
    RuleCase(
      "placeholder-undeclared", in: .template, [("MIN(orders, 5)", "MIN(${«low»}, ${«high»})")],
      good: [("MIN(orders, 5)", "MIN(${bins}, ${bins})")]),
    RuleCase(
      "placeholder-undeclared", in: .template, [("binSize: 1", "binSize: \"${«duration»}\"")]),
    RuleCase(
      "placeholder-unresolved", in: .template, [("MIN(orders, 5)", "MIN(orders, ${« bins »})")],
      fixes: ["change to 'bins'"]),
    RuleCase("placeholder-unresolved", in: .template, [("A ${size} oven", "A ${size} «${»} oven")]),
    RuleCase("placeholder-unresolved", in: .template, [("A ${size} oven", "A ${size} «${»oven")]),
    RuleCase(
      "placeholder-unresolved", in: .template, [("A ${size} oven", "A ${size} ${«a-b»} oven")],
      good: [("A ${size} oven", "A ${size} $${a-b} oven")]),
    RuleCase(
      "placeholder-unresolved", in: .template, [("binSize: 1", "binSize: 1\n  «${size}»: 1")]),
    RuleCase(
      "placeholder-unresolved", in: .template, [("grid:\n", "«${size}»: 1\ngrid:\n")]),
    RuleCase(
      "placeholder-not-substituted", in: .template,
      [("  id: bakery", "  id: bakery\n  title: «The ${size} bakery»")]),
    RuleCase(
      "placeholder-not-substituted", in: .template,
      [("    type: string", "    type: string\n    description: «Not ${bins}»")]),
    RuleCase(
      "expr-list-negative", in: .template,
      [
        ("default: [1, 2, 3]\n    min: 0", "default: [1, -2, 3]"),
        ("values: ${pattern}", "values: [1, 2, 3]"),
        ("expr: MIN(orders, 5)", "expr: «CONV(orders, ${pattern})»"),
      ],
      good: [
        ("values: ${pattern}", "values: [1, 2, 3]"),
        ("expr: MIN(orders, 5)", "expr: CONV(orders, ${pattern})"),
      ]),
  ]

  private static let arrays: [RuleCase] = [
    RuleCase(
      "array-length-grid", in: .template,
      [("default: 3", "default: 4"), ("${pattern}", "«${pattern}»")],
      good: [("default: 3", "default: 4"), ("    type: array", "    type: array\n    fit: hold")]),
    RuleCase(
      "array-length-grid", in: .template,
      [
        ("default: 3", "default: 4"), ("    type: array", "    type: array\n    fit: truncate"),
        ("${pattern}", "«${pattern}»"),
      ],
      good: [
        ("default: 3", "default: 2"), ("    type: array", "    type: array\n    fit: truncate"),
      ]),
    RuleCase(
      "model-too-large", in: .template,
      whole: large(nodeCount: 201, marked: true), good: large(nodeCount: 200, marked: false)),
  ]

  /// Lists of 10,000 values from one of a single value; 200 of them are allowed.
  private static func large(nodeCount: Int, marked: Bool) -> String {
    let nodes = (1...nodeCount).map { number in
      let reference = marked && number == nodeCount ? "«${one}»" : "${one}"
      return "  - {id: n\(number), kind: const, values: \(reference)}\n"
    }
    return """
      metadata: {id: large}
      parameters: [{name: one, type: array, default: [1], fit: hold}]
      grid: {bins: 10000, binSize: 1, binUnit: days}
      outputs: [{series: "*"}]
      nodes:

      """ + nodes.joined()
  }
}
