package import Source

extension Expression {
  /// What is certainly not meant, whatever the nodes give that it refers to. By range.
  ///
  /// - Parameter bounds: between which numbers a referenced node lies in every bin, where that is known. It serves the
  ///   results below 0 alone: whether one argument of MIN hides the other may depend on the data.
  /// Silent where ``syntaxProblems`` or ``callProblems`` are. Complexity: O(nodes).
  package func doubts(bounds: (ExactString) -> Interval?) -> [ExpressionProblem] {
    // Without one of these nothing can be doubtful; most expressions have none.
    let isPlain = !nodes.contains { node in
      switch node.kind {
      case .subtract, .divide: true
      case .call:
        node.function == .mod || node.function == .clamp || node.function == .min
          || node.function == .max
      default: false
      }
    }
    guard !isPlain, syntaxProblems.isEmpty else { return [] }
    var problems: [ExpressionProblem] = []
    let values = intervals { _ in nil }
    for node in nodes {
      guard node.count >= 2, node.first >= 0 else { continue }
      let (left, right) = (Int(node.first), Int(nodes[Int(node.first)].next))
      guard right >= 0 else { continue }
      switch (node.kind, node.function) {
      case (.divide, _) where values[right].isZero:
        problems.append(
          ExpressionProblem(
            .divisionByZero, at: nodes[right].range,
            "the divisor is always 0, and a division by 0 gives 0"))
      case (.call, .mod) where values[right].isZero:
        problems.append(
          ExpressionProblem(
            .divisionByZero, at: nodes[right].range,
            "the divisor is always 0, and MOD by 0 gives 0"))
      case (.call, .clamp):
        let high = Int(nodes[right].next)
        guard node.count == 3, high >= 0, values[right].low > values[high].high else { continue }
        problems.append(
          ExpressionProblem(
            .clampInverted, at: nodes[right].range.union(nodes[high].range),
            "the lower bound of CLAMP is always above the upper one"))
      case (.call, .min?), (.call, .max?):
        guard node.count == 2 else { continue }
        let (a, b) = (values[left], values[right])
        let isLeftIdle = node.function == .min ? a.low > b.high : a.high < b.low
        let isRightIdle = node.function == .min ? b.low > a.high : b.high < a.low
        guard isLeftIdle || isRightIdle else { continue }
        let (idle, other) = isLeftIdle ? (left, right) : (right, left)
        problems.append(
          ExpressionProblem(
            .branchIdle, at: nodes[idle].range,
            "\(quoted(text(in: nodes[idle].range))) is never the result: \(quoted(text(in: nodes[other].range))) is always \(node.function == .min ? "smaller" : "larger")"
          ))
      default:
        continue
      }
    }
    // A number below 0 that is written as one is meant.
    if nodes.contains(where: { $0.kind == .reference }),
      nodes.contains(where: { $0.kind == .subtract }),
      intervals({ bounds(ExactString(text(in: $0.range))) })[root].high < 0
    {
      problems.append(
        ExpressionProblem(
          .alwaysNegative, at: nodes[root].range, "the result is below 0 in every bin"))
    }
    problems.sort { $0.range < $1.range }
    return problems
  }

  /// The interval of each node.
  ///
  /// - Parameter bounds: those of what a reference refers to, where they are known.
  private func intervals(_ bounds: (ExpressionNode) -> Interval?) -> [Interval] {
    var values: [Interval] = []
    values.reserveCapacity(nodes.count)
    // Children stand before their parents.
    for (place, node) in nodes.enumerated() {
      switch node.kind {
      case .number: values.append(Interval(node.value))
      case .reference:
        values.append(bounds(node) ?? .unbounded)
      case .add, .subtract, .multiply, .divide:
        let left = values[Int(node.first)]
        let right = values[Int(nodes[Int(node.first)].next)]
        switch node.kind {
        case .add: values.append(left + right)
        case .subtract: values.append(left - right)
        case .multiply: values.append(left * right)
        default: values.append(left / right)
        }
      case .call: values.append(call(place, values))
      case .list, .broken: values.append(.unbounded)
      }
    }
    return values
  }

  private func call(_ place: Int, _ values: [Interval]) -> Interval {
    let node = nodes[place]
    let arguments = Array(children(of: place))
    guard let function = node.function, function.argumentCounts.contains(arguments.count),
      let first = arguments.first
    else { return .unbounded }
    let x = values[first]
    func argument(_ index: Int) -> Interval {
      arguments.indices.contains(index) ? values[arguments[index]] : .unbounded
    }
    switch function {
    case .shift: return lag(of: place) == 0 ? x : x.union(Interval(0))
    case .conv:
      var sum = Interval(0)
      guard arguments.count == 2, nodes[arguments[1]].kind == .list else { return .unbounded }
      for item in children(of: arguments[1]) {
        sum = sum + (values[item] * x).union(Interval(0))
      }
      return sum
    case .min:
      let y = argument(1)
      return Interval(min(x.low, y.low), min(x.high, y.high))
    case .max:
      let y = argument(1)
      return Interval(max(x.low, y.low), max(x.high, y.high))
    case .clamp:
      let (low, high) = (argument(1), argument(2))
      // Engines differ in what they do with bounds that are the wrong way round.
      let highLast = Interval(
        min(high.low, max(low.low, x.low)), min(high.high, max(low.high, x.high)))
      let lowLast = Interval(
        max(low.low, min(high.low, x.low)), max(low.high, min(high.high, x.high)))
      return highLast.union(lowLast)
    case .mod:
      let divisor = argument(1)
      if divisor.isZero { return Interval(0) }
      return divisor.low >= 0 ? Interval(0, divisor.high) : .unbounded
    case .floor: return x.map { $0.rounded(.down) }
    case .ceil: return x.map { $0.rounded(.up) }
    case .round: return x.map { $0.rounded(.toNearestOrAwayFromZero) }
    case .step: return Interval(0, 1)
    case .pulse: return (arguments.count > 2 ? argument(2) : Interval(1)).union(Interval(0))
    }
  }
}
