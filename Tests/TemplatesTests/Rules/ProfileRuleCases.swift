extension RuleCase {
  /// Rules on constants and profiles of the newest level. Source: docs/reference/template.md, "pmf".
  static let profileRules: [RuleCase] = [
    RuleCase(
      "const-no-values-no-source",
      newest: [
        ("id: demand\n    kind: const\n    values: [10, 20, 30]", "id: «demand»\n    kind: const")
      ],
      good: [("values: [10, 20, 30]", "source: file://demand.csv")]),
    RuleCase(
      "const-no-values-no-source", newest: [("values: [10, 20, 30]", "«values»: []")]),
    profile(
      "profile-kind-unsupported", "{kind: «build-in», name: three-shift}", good: office,
      fixes: ["change to 'builtin'"]),
    profile("profile-kind-unsupported", "{kind: «random»}", good: office),
    profile("profile-name-missing", "{kind: builtin, «name»: }", good: office),
    RuleCase(
      "profile-name-missing", in: .template,
      newest: [("    pmf: {", "    «profile»: {kind: builtin}\n    pmf: {")]),
    profile(
      "profile-unknown", "{name: «three-shifts»}", good: "{name: Three-Shift}",
      fixes: ["change to 'three-shift'"]),
    profile("profile-unknown", "{name: «lunch»}", good: office),
    RuleCase(
      "profile-weights-missing", in: .template,
      newest: [("    pmf: {", "    «profile»: {kind: inline}\n    pmf: {")]),
    profile("profile-weights-missing", "{kind: inline, «weights»: []}", good: office),
    profile(
      "profile-weights-length", "{kind: inline, weights: «[1, 2]»}",
      good: "{kind: inline, weights: [1, 2, 0]}"),
    profile("profile-weights-negative", "{kind: inline, weights: [1, «-2», 2]}", good: office),
    profile("profile-weights-zero-mean", "{kind: inline, weights: «[0, 0.0, 0]»}", good: office),
    profile(
      "profile-weights-zero-mean", "{kind: inline, weights: «[1.0e+308, 1.0e+308, 1.0e+308]»}",
      good: "{kind: inline, weights: [1.0e+307, 1.0e+307, 1.0e+307]}"),
    profile(
      "profile-weights-zero-mean", "{kind: inline, weights: «[1.0e-320, 0, 0]»}",
      good: "{kind: inline, weights: [1.0e-300, 0, 0]}"),
  ]

  private static let office = "{kind: builtin, name: weekday-office}"

  private static func profile(
    _ code: String, _ bad: String, good: String, fixes: [String] = []
  ) -> RuleCase {
    let place = "    pmf: {"
    return RuleCase(
      code, in: .template, newest: [(place, "    profile: \(bad)\n" + place)],
      good: [(place, "    profile: \(good)\n" + place)], fixes: fixes)
  }
}
