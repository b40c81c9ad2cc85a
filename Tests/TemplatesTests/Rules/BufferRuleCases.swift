extension RuleCase {
  /// Rules on queues, routers and schedules. Source: docs/reference/template.md, "serviceWithBuffer", "router", "Schedules".
  static let bufferRules: [RuleCase] = buffers + routers + routes + schedules

  private static let buffers: [RuleCase] = [
    RuleCase(
      "buffer-flow-missing",
      newest: [("id: waiting", "id: «waiting»"), ("    inflow: demand\n", "")]),
    RuleCase(
      "buffer-flow-missing", newest: [("    outflow: done", "    «outflow»:")],
      good: [("    loss: lost\n", "")]),
    RuleCase(
      "buffer-unknown-reference", newest: [("inflow: demand", "inflow: «demnd»")],
      fixes: ["change to 'demand'"]),
    RuleCase("buffer-unknown-reference", newest: [("outflow: done", "outflow: «nobody»")]),
    RuleCase("buffer-unknown-reference", newest: [("loss: lost", "loss: «Desk»")]),
  ]

  private static let inputs = "    inputs:\n      queue: done\n"

  private static let routers: [RuleCase] = [
    RuleCase(
      "router-queue-missing", newest: [("id: split", "id: «split»"), (inputs, "")]),
    RuleCase("router-queue-missing", newest: [(inputs, "    «inputs»: {}\n")]),
    RuleCase("router-queue-missing", newest: [(inputs, "    inputs: {«queue»: }\n")]),
    RuleCase(
      "router-queue-unknown", newest: [("queue: done", "queue: «dune»")],
      fixes: ["change to 'done'"]
    ),
    RuleCase(
      "router-routes-empty", newest: [("id: split", "id: «split»"), (allRoutes, "")]),
    RuleCase("router-routes-empty", newest: [(allRoutes, "    «routes»: []\n")]),
  ]

  private static let allRoutes = """
        routes:
          - target: fast
            classes: [gold]
          - target: slow
            weight: 2

    """

  private static let routes: [RuleCase] = [
    RuleCase("router-target-missing", newest: [("- target: slow\n        weight", "- «weight»")]),
    RuleCase("router-target-missing", newest: [("- target: slow", "- «target»: ''")]),
    RuleCase(
      "router-target-unknown", newest: [("target: slow", "target: «slwo»")],
      fixes: ["change to 'slow'"]),
    RuleCase(
      "router-route-selector", newest: [("target: slow\n        weight: 2", "target: «slow»")]),
    RuleCase(
      "router-route-selector",
      newest: [("target: fast\n        classes: [gold]", "target: «fast»\n        classes: []")],
      good: [("classes: [gold]", "weight: 0.5")]),
    RuleCase(
      "router-weight-positive", newest: [("weight: 2", "weight: «0»")],
      good: [("weight: 2", "weight: 0\n        classes: [basic]")], besides: ["route-unreachable"]),
    RuleCase("router-weight-positive", newest: [("weight: 2", "weight: «-0.5»")]),
    RuleCase(
      "router-class-unknown", newest: [("classes: [gold]", "classes: [gold, «silver»]")],
      good: [("classes: [gold]", "classes: [gold, basic]")],
      besides: ["route-unreachable"]),
    RuleCase(
      "router-class-unknown", newest: [("classes: [gold]", "classes: [«Gold»]")],
      fixes: ["change to 'gold'"], besides: ["route-unreachable"]),
  ]

  private static let schedules: [RuleCase] = [
    RuleCase(
      "dispatch-kind", newest: [("kind: time-based", "kind: «time_based»")],
      good: [("        kind: time-based\n", "")], fixes: ["change to 'time-based'"]),
    RuleCase("dispatch-kind", newest: [("kind: time-based", "kind: «periodic»")]),
    RuleCase(
      "dispatch-period",
      newest: [("dispatchSchedule:", "«dispatchSchedule»:"), ("        periodBins: 4\n", "")]),
    RuleCase("dispatch-period", newest: [("periodBins: 4", "«periodBins»:")]),
    RuleCase(
      "dispatch-period", newest: [("periodBins: 4", "periodBins: «0»")],
      good: [("periodBins: 4", "periodBins: 1")]),
    RuleCase("dispatch-period", newest: [("periodBins: 4", "periodBins: «1.5»")]),
    RuleCase(
      "dispatch-period",
      newest: [("loss: lost", "loss: lost\n    dispatchSchedule: {periodBins: «often»}")],
      good: [("loss: lost", "loss: lost\n    dispatchSchedule: {periodBins: 7}")]),
    RuleCase(
      "dispatch-phase", newest: [("phaseOffset: 1", "phaseOffset: «0.5»")],
      good: [("phaseOffset: 1", "phaseOffset: -1")]),
    RuleCase(
      "dispatch-capacity-unknown",
      newest: [("capacitySeries: staff_hours", "capacitySeries: «staff_hour»")],
      good: [("capacitySeries: staff_hours", "capacitySeries: file:hours.csv")],
      fixes: ["change to 'staff_hours'"]),
  ]
}
