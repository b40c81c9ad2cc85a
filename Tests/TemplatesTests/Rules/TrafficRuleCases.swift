extension RuleCase {
  /// Rules on classes and arrivals. Source: docs/reference/template.md, "Classes", "Traffic".
  static let trafficRules: [RuleCase] = classes + arrivals + rates + arrivalClasses

  private static let classes: [RuleCase] = [
    RuleCase("class-id-missing", newest: [("- id: basic", "- «displayName»: Basic")]),
    RuleCase("class-id-missing", newest: [("- id: basic", "- id:«»")]),
    RuleCase(
      "class-id-duplicate", newest: [("- id: basic", "- id: «gold»")],
      good: [("- id: basic", "- id: Gold")]),
    RuleCase(
      "class-id-duplicate",
      newest: [("- id: gold", "- id: &class «gold»"), ("- id: basic", "- id: *class")]),
    RuleCase(
      "class-id-format", newest: [("- id: basic", "- id: «basic fare»")],
      good: [("- id: basic", "- id: 2nd-class_b")]),
  ]

  private static let arrivals: [RuleCase] = [
    RuleCase("arrival-node-missing", newest: [("- nodeId: Desk\n      classId", "- «classId»")]),
    RuleCase("arrival-node-missing", newest: [("nodeId: Desk", "«nodeId»:")]),
    RuleCase(
      "arrival-node-unknown", newest: [("nodeId: Desk", "nodeId: «Desc»")],
      good: [("nodeId: Desk", "nodeId: demand")], fixes: ["change to 'Desk'"]),
    RuleCase("arrival-node-unknown", newest: [("nodeId: Desk", "nodeId: «Airport»")]),
    RuleCase(
      "arrival-pattern-missing",
      newest: [
        ("nodeId: Desk", "nodeId: «Desk»"),
        ("      pattern:\n        kind: constant\n        ratePerBin: 5\n", ""),
      ]),
    RuleCase(
      "arrival-pattern-missing",
      newest: [("pattern:", "«pattern»:"), ("        kind: constant\n", "")]),
    RuleCase("arrival-pattern-missing", newest: [("kind: constant", "«kind»:")]),
    RuleCase(
      "arrival-pattern-unknown", newest: [("kind: constant", "kind: «poison»")],
      good: [("kind: constant\n        ratePerBin: 5", "kind: poisson\n        rate: 3")],
      fixes: ["change to 'poisson'"]),
    RuleCase("arrival-pattern-unknown", newest: [("kind: constant", "kind: «bursts»")]),
  ]

  private static let rates: [RuleCase] = [
    RuleCase(
      "arrival-rate-negative", newest: [("ratePerBin: 5", "ratePerBin: «-0.5»")],
      good: [("ratePerBin: 5", "ratePerBin: 0")]),
    RuleCase(
      "arrival-rate-negative",
      newest: [("pattern:", "«pattern»:"), ("        ratePerBin: 5\n", "")]),
    RuleCase("arrival-rate-negative", newest: [("ratePerBin: 5", "«ratePerBin»:")]),
    RuleCase(
      "arrival-rate-negative",
      newest: [("kind: constant\n        ratePerBin: 5", "kind: poisson\n        rate: «-3»")]),
  ]

  private static let declared = "classes:\n  - id: gold\n  - id: basic\n"

  private static let arrivalClasses: [RuleCase] = [
    RuleCase(
      "arrival-class-required",
      newest: [("nodeId: Desk\n      classId: gold", "nodeId: «Desk»")],
      good: [
        (declared, ""), ("nodeId: Desk\n      classId: gold", "nodeId: Desk"),
        ("classes: [gold]", "weight: 1"),
      ]),
    RuleCase(
      "arrival-class-required",
      newest: [("nodeId: Desk\n      classId: gold", "nodeId: Desk\n      «classId»: ''")]),
    RuleCase(
      "arrival-class-unknown",
      newest: [("nodeId: Desk\n      classId: gold", "nodeId: Desk\n      classId: «goldd»")],
      fixes: ["change to 'gold'"], besides: ["route-unreachable"]),
    RuleCase(
      "arrival-class-unknown",
      newest: [
        (declared, ""), ("classId: gold", "classId: «gold»"), ("classes: [gold]", "weight: 1"),
      ],
      good: [
        (declared, ""), ("classId: gold", "classId: \"*\""), ("classes: [gold]", "weight: 1"),
      ], fixes: ["declare the class 'gold'"]),
    RuleCase(
      "arrival-class-unknown",
      newest: [
        (declared, "classes: [{id: basic}]\n"), ("classId: gold", "classId: «vip»"),
        ("classes: [gold]", "weight: 1"),
      ],
      fixes: ["declare the class 'vip'"]),
    // A first class would leave the other arrival without one.
    RuleCase(
      "arrival-class-unknown",
      newest: [
        (declared, ""),
        (
          "    - nodeId: Desk\n      classId: gold",
          "    - {nodeId: Till, pattern: {kind: poisson, rate: 1}}\n    - nodeId: Desk\n      classId: «gold»"
        ), ("classes: [gold]", "weight: 1"),
      ],
      good: [
        (declared, ""),
        (
          "    - nodeId: Desk\n      classId: gold",
          "    - {nodeId: Till, pattern: {kind: poisson, rate: 1}}\n    - nodeId: Desk"
        ), ("classes: [gold]", "weight: 1"),
      ]),
    RuleCase(
      "arrival-class-unknown", newest: [("classId: gold", "classId: «no class»")]),
  ]
}
