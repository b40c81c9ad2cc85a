import Source

extension Shape {
  /// A model, with what a template may say of it besides; keys in the order they are written.
  ///
  /// Source: docs/reference/model.md, "Keys"; docs/reference/template.md.
  package static let model: Shape = .mapping([
    Key("schemaVersion", .any),
    Key("generator", .any, isTemplateOnly: true),
    Key("mode", .any, isTemplateOnly: true),
    Key("metadata", .any, isTemplateOnly: true),
    Key(
      "window", .mapping([Key("start", .any), Key("timezone", .any)]), isTemplateOnly: true),
    Key("parameters", .any, isTemplateOnly: true),
    Key("provenance", .any),
    Key(
      "grid",
      .mapping([Key("bins", .any), Key("binSize", .any), Key("binUnit", .any), Key("start", .any)])),
    Key(
      "classes",
      .sequence(
        of: .mapping([
          Key("id", .text), Key("displayName", .text), Key("description", .text),
        ])), isOptional: true),
    Key(
      "traffic", .mapping([Key("arrivals", .sequence(of: arrival), isOptional: true)]),
      isOptional: true),
    Key("nodes", .sequence(of: node)),
    Key("outputs", .sequence(of: output)),
    Key("rng", .mapping([Key("kind", .any), Key("seed", .any)])),
    Key(
      "topology",
      .mapping([
        Key("nodes", .sequence(of: topologyNode)),
        Key("edges", .sequence(of: edge), isOptional: true),
        Key("constraints", .sequence(of: constraint), isOptional: true),
      ])),
  ])

  private static let numbers: Shape = .sequence(of: .number)
  private static let names: Shape = .sequence(of: .text)

  private static let arrival: Shape = .mapping([
    Key("nodeId", .text), Key("classId", .text),
    Key(
      "pattern",
      .mapping([Key("kind", .text), Key("ratePerBin", .number), Key("rate", .number)])),
  ])

  private static let dispatchSchedule: Shape = .mapping([
    Key("kind", .text), Key("periodBins", .any), Key("phaseOffset", .any),
    Key("capacitySeries", .text),
  ])

  private static let node: Shape = .mapping([
    Key("id", .any), Key("kind", .any),
    Key("group", .text, isTemplateOnly: true), Key("telemetry", .text, isTemplateOnly: true),
    Key("values", numbers), Key("source", .text),
    Key(
      "pmf",
      .mapping([
        Key("values", numbers), Key("probabilities", numbers),
        Key("policy", .any, isTemplateOnly: true),
      ])),
    Key(
      "profile",
      .mapping([Key("kind", .text), Key("name", .text), Key("weights", numbers)]),
      isTemplateOnly: true),
    Key("expr", .expression, old: ["expression"]),
    Key("dependencies", .any, isTemplateOnly: true),
    Key("inflow", .text), Key("outflow", .text), Key("loss", .text),
    Key("inputs", .mapping([Key("queue", .text)])),
    Key(
      "routes",
      .sequence(
        of: .mapping([
          Key("target", .text), Key("classes", names, isOptional: true), Key("weight", .number),
        ]))),
    Key("dispatchSchedule", dispatchSchedule),
    Key("metadata", .table(of: .text), isOptional: true),
  ])

  private static let output: Shape = .mapping([
    Key("id", .any, isTemplateOnly: true), Key("series", .any, old: ["source"]),
    Key("exclude", names, isOptional: true), Key("as", .any, old: ["filename"]),
    Key("description", .text, isTemplateOnly: true),
  ])

  private static let topologyNode: Shape = .mapping(
    [
      Key("id", .text), Key("kind", .text), Key("nodeRole", .text), Key("group", .text),
      Key(
        "ui", .mapping([Key("x", .number), Key("y", .number)], isOpenInModels: true),
        isOptional: true),
      Key("constraints", names, isOptional: true),
      Key("semantics", semantics),
      Key(
        "initialCondition", .mapping([Key("queueDepth", .number)], isOpenInModels: true),
        isOptional: true),
      Key("dispatchSchedule", dispatchSchedule),
      Key("wipLimit", .number), Key("wipLimitSeries", .text), Key("wipOverflow", .text),
    ], isOpenInModels: true)

  private static let semantics: Shape = .mapping(
    [
      Key("arrivals", .text), Key("served", .text), Key("errors", .text), Key("attempts", .text),
      Key("failures", .text), Key("exhaustedFailures", .text), Key("retryEcho", .text),
      Key("retryBudgetRemaining", .text), Key("retryKernel", numbers, isOptional: true),
      Key("externalDemand", .text, synonyms: ["external_demand"]),
      Key("queueDepth", .text), Key("capacity", .text), Key("parallelism", .any),
      Key("processingTimeMsSum", .text), Key("servedCount", .text), Key("slaMin", .number),
      Key("maxAttempts", .number), Key("backoffStrategy", .text), Key("exhaustedPolicy", .text),
      Key("aliases", .table(of: .text), isOptional: true),
    ], isOpenInModels: true)

  private static let edge: Shape = .mapping(
    [
      Key("id", .text), Key("from", .text), Key("to", .text), Key("weight", .number),
      Key("type", .text), Key("measure", .text), Key("multiplier", .number), Key("lag", .number),
    ], isOpenInModels: true)

  private static let constraint: Shape = .mapping(
    [
      Key("id", .text),
      Key(
        "semantics",
        .mapping(
          [
            Key("arrivals", .text), Key("served", .text), Key("errors", .text),
            Key("latencyMinutes", .text),
          ], isOpenInModels: true)),
    ], isOpenInModels: true)
}
