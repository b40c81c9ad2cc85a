import FlowModel
import Source

/// What a router splits, and into what.
struct Router {
  struct Route {
    let target: ExactString
    let targetColumn: Int
    let classes: [(id: ExactString, range: ByteRange)]
    let weight: Double
    let path: DataPath
  }

  let source: ExactString
  let sourceRange: ByteRange
  var routes: [Route]
  /// Its own series is what it splits, as the keys beside `kind` have it; nested keys leave it 0.
  let showsSource: Bool
}

extension Compiler {
  /// Where a router's `inputs` and `routes` stand.
  private func body(of node: Node) -> (value: DataNode, path: DataPath, isNested: Bool)? {
    let isFlat = node.value.entry("inputs") != nil || node.value.entry("routes") != nil
    if let nested = node.value["router"], case .mapping = nested.content,
      layout == .file || !isFlat
    {
      return (nested, node.path + "router", true)
    }
    return isFlat ? (node.value, node.path, false) : nil
  }

  mutating func readRouters() {
    for (place, node) in nodes.enumerated() where node.kind == .router {
      guard let (body, path, isNested) = body(of: node),
        let (text, value) = parts.text("queue", of: body["inputs"])
      else {
        missing(RouterQueueMissing.code, "the router", "inputs", of: node)
        continue
      }
      let items = parts.list("routes", of: body, at: path)
      if items.isEmpty {
        missing(RouterRoutesEmpty.code, "the router", "routes", of: node)
        continue
      }
      var routes: [Router.Route] = []
      var weights = 0.0
      var weighed: DataNode?
      for (index, item) in items.enumerated() {
        let path = path + "routes" + index
        guard let (target, _) = parts.text("target", of: item) else {
          parts.findings.add(
            RouterTargetMissing.code, at: item.entries.first?.keyRange ?? item.range,
            "a route needs a target", path: path + "target")
          continue
        }
        let classes = parts.list("classes", of: item, at: path).compactMap { value in
          value.string.map { (id: ExactString($0), range: value.range) }
        }
        let weight = parts.number("weight", of: item, at: path) ?? 1
        if classes.isEmpty {
          weights += weight
          weighed = weighed ?? item
        }
        routes.append(
          Router.Route(
            target: ExactString(target), targetColumn: -1, classes: classes, weight: weight,
            path: path))
      }
      if let weighed, !(weights > 0) {
        parts.findings.add(
          RouterWeightPositive.code, at: weighed["weight"]?.range ?? weighed.range,
          "the weights of the routes of \(quoted(node.id.text)) must sum to more than 0",
          path: path + "routes")
      }
      routers[place] = Router(
        source: ExactString(text), sourceRange: value.range, routes: routes,
        showsSource: !isNested)
    }
  }

  /// Names the targets of a router that nothing else names: those of classes first.
  mutating func nameTargets(of place: Int) {
    guard var router = routers[place] else { return }
    for isOfClasses in [true, false] {
      for (index, route) in router.routes.enumerated() where route.classes.isEmpty != isOfClasses {
        let column = column(route.target)
        isTaken.insert(column)
        router.routes[index] = Router.Route(
          target: route.target, targetColumn: column, classes: route.classes,
          weight: route.weight, path: route.path)
      }
    }
    routers[place] = router
  }

  /// Splits the source: what classes bring goes by class, the rest by weight.
  mutating func emit(router place: Int) {
    guard let router = routers[place] else { return }
    let node = nodes[place]
    guard let source = byName[router.source] else {
      parts.findings.add(
        RouterQueueUnknown.code, at: router.sourceRange, "no series \(quoted(router.source.text))",
        path: node.path + "inputs" + "queue")
      return
    }
    if !isTaken.contains(node.column), router.showsSource {
      emit(Instruction(.copy, out: node.column, source))
    }
    let hasRates = rateOf[router.source] != nil
    var byClass = -1
    for route in router.routes where !route.classes.isEmpty {
      var sum = -1
      if !hasRates, !rates.isEmpty {
        sum = hidden()
        derivedRoutes.append(
          DerivedRoute(
            source: source, out: sum, classes: route.classes, path: route.path, owner: owner))
        routed[route.targetColumn, default: []].append((sum, owner))
        byClass = byClass < 0 ? sum : derive(.add, byClass, sum)
        continue
      }
      for (id, range) in route.classes {
        guard let rate = rateOf[router.source]?[id].map({ rates[$0] }) else {
          parts.findings.add(
            RouterClassUnknown.code, at: range,
            "no arrival gives \(quoted(router.source.text)) a rate of the class \(quoted(id.text))",
            path: route.path + "classes")
          continue
        }
        sum = sum < 0 ? rate.column : derive(.add, sum, rate.column)
      }
      guard sum >= 0 else { continue }
      routed[route.targetColumn, default: []].append((sum, owner))
      byClass = byClass < 0 ? sum : derive(.add, byClass, sum)
    }
    let weighed = router.routes.filter(\.classes.isEmpty)
    guard !weighed.isEmpty else { return }
    let rest = byClass < 0 ? source : derive(.subtract, source, byClass)
    var total = 0.0
    for route in weighed { total += route.weight }
    for route in weighed {
      routed[route.targetColumn, default: []].append(
        (derive(.multiply, rest, literal(route.weight / total)), owner))
    }
  }

  /// Adds up what routers send to each target.
  mutating func emitRouted() {
    for (target, shares) in routed.sorted(by: { $0.key < $1.key }) {
      guard let first = shares.first else { continue }
      // A target that is no node stands in its router alone.
      if let place = nodeOf[ExactString(columns[target])] {
        let node = nodes[place]
        own(columns[target], node.value["id"]?.range ?? node.value.range, node.path)
      } else {
        own(columns[target], owners[first.owner].range, owners[first.owner].path)
      }
      var sum = first.share
      for (index, (share, _)) in shares.enumerated().dropFirst() {
        if index == shares.count - 1 {
          emit(Instruction(.add, out: target, sum, share))
        } else {
          sum = derive(.add, sum, share)
        }
      }
      if shares.count == 1 { emit(Instruction(.copy, out: target, sum)) }
    }
  }
}
