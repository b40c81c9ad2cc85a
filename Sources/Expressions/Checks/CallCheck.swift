import Source

extension Expression {
  /// What is wrong with calls and lists: functions that do not exist, arguments that do not fit. By range, and no more
  /// than ``ExpressionLimits/problemCountMax``.
  ///
  /// Silent over what a syntax problem may have changed. Complexity: O(nodes).
  package var callProblems: [ExpressionProblem] {
    Array(allCallProblems.prefix(ExpressionLimits.problemCountMax))
  }

  /// The same without an end, for who passes over some of them: one that is left out would be passed over too.
  package var allCallProblems: [ExpressionProblem] {
    guard nodes.contains(where: { $0.kind == .call || $0.kind == .list }) else { return [] }
    var problems: [ExpressionProblem] = []
    // The function that a list or a number stands in, where that is where it belongs.
    var kernels: Set<Int> = []
    // Parents stand after their children, so that each list is met after the call that takes it.
    for place in nodes.indices.reversed() {
      let node = nodes[place]
      switch node.kind {
      case .call: check(call: place, &kernels, &problems)
      // An operator is missing, which has been said.
      case .broken: kernels.formUnion(children(of: place))
      case .list where !kernels.contains(place):
        problems.append(
          ExpressionProblem(
            .listMisplaced, at: node.range,
            "a list stands only as the second argument of CONV"))
      default: continue
      }
    }
    problems.sort { $0.range < $1.range }
    return problems
  }

  private func check(
    call place: Int, _ kernels: inout Set<Int>, _ problems: inout [ExpressionProblem]
  ) {
    let node = nodes[place]
    let arguments = Array(children(of: place))
    guard let function = node.function else {
      // What the arguments of an unknown function may be cannot be known.
      kernels.formUnion(arguments.filter { nodes[$0].kind == .list })
      problems.append(unknownFunction(node, arguments))
      return
    }
    if node.isDoubtful {
      kernels.formUnion(arguments.filter { nodes[$0].kind == .list })
      return
    }
    guard function.argumentCounts.contains(arguments.count) else {
      kernels.formUnion(arguments.filter { nodes[$0].kind == .list })
      problems.append(wrongCount(node, function, arguments))
      return
    }
    for (argument, parameter) in zip(arguments, function.parameters) {
      switch parameter.form {
      case .expression: continue
      case .wholeNumber(let least):
        kernels.insert(argument)
        if let value = nodes[argument].wholeValue, value >= least { continue }
        problems.append(
          ExpressionProblem(
            function == .shift ? .shiftLag : .pulseLiteral, at: nodes[argument].range,
            "the \(parameter.name) of \(function.name) must be a whole number from \(least), written out, not \(described(argument))"
          ))
      case .list:
        kernels.insert(argument)
        if nodes[argument].kind == .list { continue }
        let range = nodes[argument].range
        problems.append(
          ExpressionProblem(
            .listMisplaced, at: range,
            "the second argument of \(function.name) must be a list of numbers, such as [0.5, 0.5]",
            fix: nodes[argument].kind == .number
              ? FixIt(
                "write as a list", [TextEdit(range, "[" + text(in: range) + "]")]) : nil))
      }
    }
  }

  /// For a message.
  private func described(_ place: Int) -> String {
    let node = nodes[place]
    switch node.kind {
    case .number: return text(in: node.range)
    case .reference: return "the node \(quoted(text(in: node.range)))"
    case .list: return "a list"
    default: return negativeNumber(place).map { "-" + text(in: nodes[$0].range) } ?? "an expression"
    }
  }

  /// The number `n` in `0 - n`, which is how a parameter below 0 comes in.
  private func negativeNumber(_ place: Int) -> Int? {
    let operands = Array(children(of: place))
    guard nodes[place].kind == .subtract, operands.count == 2,
      operands.allSatisfy({ nodes[$0].kind == .number }), nodes[operands[0]].value == 0
    else { return nil }
    return operands[1]
  }

  private func unknownFunction(_ node: ExpressionNode, _ arguments: [Int]) -> ExpressionProblem {
    let range = nameRange(of: node)
    let name = text(in: range)
    if let absent = AbsentFunction.named(name) {
      var fix: FixIt?
      if !node.isDoubtful, node.range.count <= ExpressionLimits.rewrittenLengthMax,
        let replacement = absent.replacement(
          arguments.map { place in
            let kind = nodes[place].kind
            return AbsentFunction.Argument(
              text: text(in: nodes[place].range), isSum: kind == .add || kind == .subtract)
          })
      {
        fix = FixIt("change to \(quoted(replacement))", [TextEdit(node.range, replacement)])
      }
      return ExpressionProblem(
        .functionUnknown, at: range, "there is no \(absent.name); \(absent.advice)", fix: fix)
    }
    let near = Suggestion.only(name, among: ExpressionFunction.allCases.map(\.name))
    return ExpressionProblem(
      .functionUnknown, at: range,
      "no function \(quoted(name))" + (near.map { "; did you mean \(quoted($0))?" } ?? ""),
      fix: near.map { FixIt("change to \(quoted($0))", [TextEdit(range, $0)]) })
  }

  private func wrongCount(
    _ node: ExpressionNode, _ function: ExpressionFunction, _ arguments: [Int]
  ) -> ExpressionProblem {
    let counts = function.argumentCounts
    let wanted =
      counts.count == 1
      ? counted(counts.lowerBound, "argument")
      : "\(counts.lowerBound) to \(counts.upperBound) arguments"
    let given = arguments.isEmpty ? "none" : String(arguments.count)
    let message = "\(function.name) takes \(wanted), not \(given): \(function.signature)"
    guard arguments.count > counts.upperBound, let last = arguments.last else {
      return ExpressionProblem(.argumentCount, at: nameRange(of: node), message)
    }
    let extra = nodes[arguments[counts.upperBound]].range.union(nodes[last].range)
    guard function == .min || function == .max, let first = arguments.first else {
      return ExpressionProblem(.argumentCount, at: extra, message)
    }
    // The text that nests grows with the square of the number of arguments, which is soon more than anybody reads.
    guard arguments.count <= 8, node.range.count <= ExpressionLimits.rewrittenLengthMax else {
      return ExpressionProblem(.argumentCount, at: extra, message)
    }
    var nested = text(in: nodes[first].range)
    for argument in arguments.dropFirst() {
      nested = "\(name(of: node))(\(nested), \(text(in: nodes[argument].range)))"
    }
    return ExpressionProblem(
      .argumentCount, at: extra, message,
      fix: FixIt("nest the calls", [TextEdit(node.range, nested)]))
  }
}
