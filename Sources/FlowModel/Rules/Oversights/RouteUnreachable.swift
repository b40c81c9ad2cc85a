package import Source

/// Nothing ever takes a route: its classes have an earlier route or never arrive, or it is for what no class claims and
/// every class is claimed.
///
/// Range: the class, the list of several, or the weight. Related: the earlier routes, or the arrivals.
/// Source: docs/reference/template.md, "Lint".
package enum RouteUnreachable: ModelRule {
  package static let code = DiagnosticCode(rawValue: "route-unreachable")
  package static let severity = Severity.warning

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    guard model.origin == .template, !findings.hasErrors, !model.routers.isEmpty else { return }
    let arriving = arrivingClasses(model)
    for router in model.routers {
      check(router, arriving, model, &findings)
    }
  }

  /// The classes of which something arrives; nil where that may be any.
  private static func arrivingClasses(_ model: ModelView) -> Set<ExactString>? {
    guard !model.arrivals.isEmpty else { return nil }
    var classes: Set<ExactString> = []
    for arrival in model.arrivals {
      guard let name = arrival.value["classId"], !name.isBlank, let text = name.string, text != "*"
      else { return nil }
      classes.insert(ExactString(text))
    }
    return classes
  }

  private static func check(
    _ router: ModelView.Item, _ arriving: Set<ExactString>?, _ model: ModelView,
    _ findings: inout Findings
  ) {
    let routes = (router.value["routes"]?.items ?? []).enumerated().map { index, value in
      Route(value: value, path: "nodes" + router.index + "routes" + index)
    }
    var claimed: [ExactString: ByteRange] = [:]
    for route in routes where route.hasClasses {
      guard let names = route.classNames else { return }
      if names.allSatisfy({ model.classIDs.mayHave(ExactString($0.text)) }) {
        let taken = names.filter { claimed[ExactString($0.text)] != nil }
        let absent = names.filter { name in
          claimed[ExactString(name.text)] == nil
            && arriving.map { !$0.contains(ExactString(name.text)) } ?? false
        }
        if taken.count + absent.count == names.count {
          report(
            route, taken: taken, absent: absent,
            earlier: taken.compactMap { claimed[ExactString($0.text)] }, model, &findings)
        }
      }
      for name in names where claimed[ExactString(name.text)] == nil {
        claimed[ExactString(name.text)] = name.range
      }
    }
    guard !model.classes.isEmpty, !model.classIDs.isIncomplete,
      model.classIDs.all.allSatisfy({ claimed[$0] != nil })
    else { return }
    for route in routes where !route.hasClasses {
      guard let weight = route.value["weight"], weight.number != nil else { continue }
      findings.add(
        RouteUnreachable.self, at: weight.range,
        "nothing takes this route: every class has a route of its own", path: route.path + "weight",
        related: model.classIDs.all.prefix(relatedMax).compactMap { name in
          claimed[name].map { Related($0, "\(quoted(name.text)) goes here") }
        })
    }
  }

  private static func report(
    _ route: Route, taken: [Route.ClassName], absent: [Route.ClassName], earlier: [ByteRange],
    _ model: ModelView, _ findings: inout Findings
  ) {
    func list(_ names: [Route.ClassName]) -> String {
      let shown = names.prefix(relatedMax).map { quoted($0.text) }
      return (shown + (names.count > relatedMax ? ["…"] : [])).joined(separator: ", ")
    }
    var reasons: [String] = []
    if !taken.isEmpty {
      reasons.append("\(list(taken)) \(taken.count == 1 ? "has" : "have") an earlier route")
    }
    if !absent.isEmpty { reasons.append("no arrival is of the class \(list(absent))") }
    var related = earlier.prefix(relatedMax).map { Related($0, "the earlier route") }
    if !absent.isEmpty, let traffic = model.root.entry("traffic") {
      related.append(Related(traffic.keyRange, "the arrivals"))
    }
    let names = taken + absent
    findings.add(
      RouteUnreachable.self,
      at: names.count == 1
        ? names[0].range : route.value["classes"]?.range ?? route.value.range,
      "nothing takes this route: " + reasons.joined(separator: ", and "),
      path: route.path + "classes", related: related)
  }

  /// Most classes that are named.
  private static let relatedMax = 10
}

extension Route {
  fileprivate struct ClassName {
    let text: String
    let range: ByteRange
  }

  /// The classes that take it; nil where one is not known.
  fileprivate var classNames: [ClassName]? {
    guard let classes = value["classes"], !classes.isUnknown else { return nil }
    var names: [ClassName] = []
    for item in classes.items {
      guard let text = item.string else { return nil }
      names.append(ClassName(text: text, range: item.range))
    }
    return names
  }
}
