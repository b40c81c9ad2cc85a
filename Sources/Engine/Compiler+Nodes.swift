import Expressions
import FlowModel
import Source

extension Compiler {
  mutating func readNodes() {
    for (index, value) in parts.list("nodes", of: root, at: DataPath()).enumerated() {
      let path: DataPath = "nodes" + index
      guard let (text, idNode) = parts.text("id", of: value) else {
        parts.findings.add(
          NodeIDMissing.code, at: value.placeOfMissing, "a node must have an id", path: path)
        continue
      }
      let id = ExactString(text)
      if let first = nodeOf[id] {
        parts.findings.add(
          NodeIDDuplicate.code, at: idNode.range, "the id \(quoted(text)) is taken",
          path: path + "id",
          related: nodes[first].value["id"].map { [Related($0.range, "first used here")] } ?? [])
        continue
      }
      guard let (kindText, kindNode) = parts.text("kind", of: value) else {
        parts.findings.add(
          NodeKindMissing.code, at: idNode.range, "the node \(quoted(text)) has no kind",
          path: path + "kind")
        continue
      }
      guard let kind = Compiler.kind(of: kindText) else {
        parts.findings.add(
          NodeKindUnknown.code, at: kindNode.range,
          "no kind \(quoted(kindText)) of node; there are \(NodeKind.allCases.map(\.rawValue).joined(separator: ", "))",
          path: path + "kind")
        continue
      }
      nodeOf[id] = nodes.count
      nodes.append(Node(id: id, kind: kind, value: value, path: path, column: column(id)))
    }
  }

  private static func kind(of text: String) -> NodeKind? {
    let folded = ExactString(text).lowercased
    return NodeKind.allCases.first { ExactString($0.rawValue).lowercased == folded }
  }

  mutating func emit(node place: Int) {
    let node = nodes[place]
    own(node.id.text, node.value["id"]?.range ?? node.value.range, node.path)
    let isTaken = isTaken.contains(node.column)
    switch node.kind {
    case .const:
      guard let values = node.value["values"], !values.isNull else {
        return missing(ConstValuesMissing.code, "the const node", "values", of: node)
      }
      let numbers = parts.numbers("values", of: node.value, at: node.path)
      if !isTaken { lists.append((node.column, Array(numbers.prefix(bins)))) }
    case .expr:
      guard let (text, value) = parts.text("expr", of: node.value) else {
        return missing(ExprMissing.code, "the expr node", "expr", of: node)
      }
      emit(text, value, of: node, isTaken: isTaken)
    case .pmf:
      guard let pmf = node.value["pmf"], !pmf.isNull else {
        return missing(PMFMissing.code, "the pmf node", "pmf", of: node)
      }
      if let moments = moments(of: node), !isTaken {
        fills.append((node.column, moments.mean))
      }
    case .serviceWithBuffer:
      // The topology gives it a limit or a schedule, and does the rest.
      guard !isTaken else { return }
      emit(buffer: node)
    case .router: emit(router: place)
    }
  }

  func missing(
    _ code: DiagnosticCode, _ what: String, _ key: ExactString, of node: Node,
    _ findings: inout Findings
  ) {
    findings.add(
      code,
      at: node.value[key].flatMap { $0.isBlank ? nil : $0.range } ?? node.value.placeOfMissing,
      "\(what) \(quoted(node.id.text)) needs \(quoted(key.text))", path: node.path + key)
  }

  mutating func missing(_ code: DiagnosticCode, _ what: String, _ key: ExactString, of node: Node) {
    var findings = parts.findings
    missing(code, what, key, of: node, &findings)
    parts.findings = findings
  }

  /// Mean and coefficient of variation of a pmf node; nil where it has none, which is said.
  ///
  /// Weights need not sum to 1. Each term is divided by their sum, in the order in which they stand.
  mutating func moments(of node: Node) -> (mean: Double, variation: Double)? {
    // Any number of stations may ask for one node.
    if let known = momentsOf[node.column] { return known }
    let moments = computedMoments(of: node)
    momentsOf[node.column] = .some(moments)
    return moments
  }

  private mutating func computedMoments(of node: Node) -> (mean: Double, variation: Double)? {
    guard node.kind == .pmf, let pmf = node.value["pmf"] else { return nil }
    let path = node.path + "pmf"
    let values = parts.numbers("values", of: pmf, at: path)
    let weights = parts.numbers("probabilities", of: pmf, at: path)
    guard values.count == weights.count else {
      parts.findings.add(
        PMFLengthMismatch.code, at: pmf["probabilities"]?.range ?? pmf.range,
        "\(counted(values.count, "value")) and \(counted(weights.count, "probability", "probabilities")) of \(quoted(node.id.text)) do not match",
        path: path + "probabilities")
      return nil
    }
    var sum = 0.0
    for weight in weights { sum += weight }
    guard sum > 0 else {
      parts.findings.add(
        PMFProbabilitiesSum.code, at: pmf["probabilities"]?.range ?? pmf.range,
        "the probabilities of \(quoted(node.id.text)) must sum to more than 0",
        path: path + "probabilities")
      return nil
    }
    var mean = 0.0
    for (value, weight) in zip(values, weights) { mean += value * weight / sum }
    var variance = 0.0
    for (value, weight) in zip(values, weights) {
      let distance = value - mean
      variance += distance * distance * weight / sum
    }
    return (mean, mean.magnitude < 1e-15 ? 0 : variance.squareRoot() / mean)
  }

  // MARK: Expressions

  private mutating func emit(_ text: String, _ value: DataNode, of node: Node, isTaken: Bool) {
    let path = node.path + "expr"
    let expression = Expression(text, isWide: true)
    owners[owner] = Owner(name: node.id.text, range: value.range, path: path)
    func add(_ code: DiagnosticCode, _ problem: ExpressionProblem) {
      parts.findings.add(
        code, at: value.place(of: problem.range), problem.message, path: path)
    }
    guard expression.syntaxProblems.isEmpty else {
      for problem in expression.syntaxProblems { add(ExprSyntax.code, problem) }
      return
    }
    let shape = ExpressionShape(expression)
    var isWrong = false
    for problem in expression.allCallProblems {
      let code: DiagnosticCode
      switch problem.kind {
      case .functionUnknown: code = ExprFunctionUnknown.code
      case .argumentCount: code = ExprArity.code
      case .shiftLag:
        if shape.numbers[problem.range] != nil { continue }
        code = ExprShiftLag.code
      case .pulseLiteral:
        if let number = shape.numbers[problem.range],
          number >= 1 || shape.phases.contains(problem.range)
        {
          continue
        }
        code = ExprPulseLiteral.code
      case .listMisplaced:
        // A list that stands for a series is padded; a kernel that is none is not.
        if shape.lists.contains(problem.range) { continue }
        code = ExprArrayMisplaced.code
      default: continue
      }
      add(code, problem)
      isWrong = true
    }
    var columnsOf = [Int](repeating: -1, count: expression.nodes.count)
    for reference in expression.references where byName[reference.name] == nil {
      parts.findings.add(
        ExprUnknownReference.code, at: value.place(of: reference.range),
        "no node \(quoted(reference.name.text))", path: path)
      isWrong = true
    }
    guard !isWrong, !isTaken else { return }
    for place in expression.nodes.indices {
      let isRoot = place == expression.root
      columnsOf[place] = emit(
        place, of: expression, shape, columnsOf, into: isRoot ? node.column : nil)
      if isOut { return }
    }
  }

  /// All names, in the order of the text.
  static func allReferences(of text: String) -> [ExactString] {
    Expression(text, isWide: true).references.map(\.name)
  }

  /// Names outside every SHIFT, each once.
  static func plainReferences(of text: String) -> [ExactString] {
    let expression = Expression(text, isWide: true)
    var isShifted = [Bool](repeating: false, count: expression.nodes.count)
    // Parents stand after their children.
    for place in expression.nodes.indices.reversed()
    where expression.nodes[place].function == .shift || isShifted[place] {
      for child in expression.children(of: place) { isShifted[child] = true }
    }
    var shifted: Set<ExactString> = []
    var plain: [ExactString] = []
    var seen: Set<ExactString> = []
    for (place, node) in expression.nodes.enumerated() where node.kind == .reference {
      let name = ExactString(expression.name(of: node))
      if isShifted[place] {
        shifted.insert(name)
      } else if seen.insert(name).inserted {
        plain.append(name)
      }
    }
    return plain.filter { !shifted.contains($0) }
  }

  /// - Parameter target: the column of the root; nil for a sub-expression.
  /// - Returns: the column that holds the node's values; -1 where nothing reads them.
  private mutating func emit(
    _ place: Int, of expression: Expression, _ shape: ExpressionShape, _ columnsOf: [Int],
    into target: Int?
  ) -> Int {
    let node = expression.nodes[place]
    let children = Array(expression.children(of: place))
    func child(_ index: Int) -> Int {
      children.indices.contains(index) ? columnsOf[children[index]] : -1
    }
    switch node.kind {
    case .number:
      if let target {
        fills.append((target, node.value))
        return target
      }
      return literal(node.value)
    case .reference:
      guard let column = byName[ExactString(expression.name(of: node))] else { return -1 }
      guard let target else { return column }
      emit(Instruction(.copy, out: target, column))
      return target
    case .list:
      // What CONV takes is no series.
      guard !shape.kernels.contains(place) else { return -1 }
      let out = target ?? hidden()
      lists.append((out, Array(list(place, in: expression).prefix(bins))))
      return out
    case .broken: return -1
    case .add, .subtract, .multiply, .divide:
      let operations: [ExpressionNode.Kind: Instruction.Operation] = [
        .add: .add, .subtract: .subtract, .multiply: .multiply, .divide: .divide,
      ]
      guard let operation = operations[node.kind] else { return -1 }
      let out = target ?? hidden()
      emit(Instruction(operation, out: out, child(0), child(1)))
      return out
    case .call: break
    }
    guard let function = node.function else { return -1 }
    let out = target ?? hidden()
    func number(_ index: Int) -> Int {
      guard children.indices.contains(index) else { return 0 }
      let value = expression.nodes[children[index]].value
      return Int(min(value, Double(ExpressionLimits.binCountMax)))
    }
    switch function {
    case .min: emit(Instruction(.minimum, out: out, child(0), child(1)))
    case .max: emit(Instruction(.maximum, out: out, child(0), child(1)))
    case .clamp: emit(Instruction(.clamp, out: out, child(0), child(1), child(2)))
    case .mod: emit(Instruction(.modulo, out: out, child(0), child(1)))
    case .floor: emit(Instruction(.floor, out: out, child(0)))
    case .ceil: emit(Instruction(.ceil, out: out, child(0)))
    case .round: emit(Instruction(.round, out: out, child(0)))
    case .step: emit(Instruction(.step, out: out, child(0), child(1)))
    case .pulse:
      var step = Instruction(.pulse, out: out, children.count > 2 ? child(2) : literal(1))
      step.count = max(1, number(0))
      step.first = number(1)
      emit(step)
    case .shift:
      var step = Instruction(.shift, out: out, child(0))
      step.first = number(1)
      emit(step)
    case .conv:
      guard children.count == 2 else { return -1 }
      convolve(child(0), list(children[1], in: expression), into: out)
    }
    return out
  }

  /// Adds a convolution; what it weighs by 0 in the same bin it does not wait for.
  mutating func convolve(_ column: Int, _ weights: [Double], into out: Int) {
    var step = Instruction(.convolve, out: out, column)
    step.first = kernels.count
    step.count = min(weights.count, bins)
    step.isLagged = weights.first.map { $0 == 0 } ?? true
    kernels += weights.prefix(bins)
    stepCount += step.count * bins
    if kernels.count > limits.kernelLengthMax || stepCount > limits.stepCountMax {
      reportLimit("the lists of CONV and of retries are too long together")
    }
    emit(step)
  }

  /// The numbers of a list; `-1` in one is a subtraction from 0.
  private func list(_ place: Int, in expression: Expression) -> [Double] {
    expression.children(of: place).map { item in
      let node = expression.nodes[item]
      guard node.kind == .subtract else { return node.value }
      let operands = Array(expression.children(of: item))
      return operands.last.map { -expression.nodes[$0].value } ?? 0
    }
  }

  // MARK: Buffers

  /// A node of kind `serviceWithBuffer` that no topology node names as its queue.
  private mutating func emit(buffer node: Node) {
    guard let inflow = flow("inflow", of: node, isNeeded: true),
      let outflow = flow("outflow", of: node, isNeeded: true)
    else { return }
    let loss = flow("loss", of: node, isNeeded: false) ?? -1
    let gated = gate(
      outflow, by: node.value["dispatchSchedule"], at: node.path + "dispatchSchedule")
    var step = Instruction(.queue, out: node.column, inflow, gated ?? outflow, loss)
    // A station without a queue of its own may still say what its series starts with.
    if let place = stationOfQueue[node.id] {
      step.value = seed(of: stations[place])
    }
    emit(step)
  }

  /// The series that a key of a buffer names; nil where there is none, which is said if it must be there.
  mutating func flow(_ key: ExactString, of node: Node, isNeeded: Bool) -> Int? {
    guard let (text, value) = parts.text(key, of: node.value) else {
      if isNeeded { missing(BufferFlowMissing.code, "the node", key, of: node) }
      return nil
    }
    if let column = byName[ExactString(text)] { return column }
    parts.findings.add(
      BufferUnknownReference.code, at: value.range, "no node \(quoted(text))",
      path: node.path + key)
    return nil
  }

  /// An outflow that leaves in the bins of a schedule alone; nil where there is none.
  mutating func gate(
    _ outflow: Int, by schedule: DataNode?, at path: DataPath, into column: Int? = nil
  ) -> Int? {
    guard let schedule, case .mapping = schedule.content else { return nil }
    guard let period = parts.integer("periodBins", of: schedule, at: path), period > 0 else {
      if !(schedule["periodBins"].map { $0.number?.integer == nil && !$0.isNull } ?? false) {
        parts.findings.add(
          DispatchPeriod.code, at: schedule["periodBins"]?.range ?? schedule.range,
          "the period of a schedule must be a whole number from 1", path: path + "periodBins")
      }
      return nil
    }
    let phase = (parts.integer("phaseOffset", of: schedule, at: path) ?? 0) % period
    var capacity = -1
    if let (text, value) = parts.text("capacitySeries", of: schedule) {
      guard let known = byName[ExactString(text)] else {
        parts.findings.add(
          DispatchCapacityUnknown.code, at: value.range, "no series \(quoted(text))",
          path: path + "capacitySeries")
        return nil
      }
      capacity = known
    }
    let out = column ?? hidden()
    var step = Instruction(.gate, out: out, outflow, capacity)
    step.count = period
    step.first = phase < 0 ? phase + period : phase
    emit(step)
    return out
  }
}

/// What an expression has where, found in one walk over it. Complexity: O(nodes).
private struct ExpressionShape {
  /// Numbers that are written out.
  private(set) var numbers: [ByteRange: Double] = [:]
  private(set) var lists: Set<ByteRange> = []
  /// Second arguments of PULSE.
  private(set) var phases: Set<ByteRange> = []
  /// Places of the second arguments of CONV, which are weights and no series.
  private(set) var kernels: Set<Int> = []

  init(_ expression: Expression) {
    for (place, node) in expression.nodes.enumerated() {
      switch node.kind {
      case .number: numbers[node.range] = node.value
      case .list: lists.insert(node.range)
      case .call where node.function == .pulse || node.function == .conv:
        guard let second = Array(expression.children(of: place)).dropFirst().first else { continue }
        if node.function == .conv {
          kernels.insert(second)
        } else {
          phases.insert(expression.nodes[second].range)
        }
      default: continue
      }
    }
  }
}
