package import Source

/// A place of an expression that names a node.
package struct ExpressionReference: Hashable, Sendable {
  package let name: ExactString
  package let range: ByteRange
  /// It stands inside `SHIFT(x, n)` with n of at least 1, so that only earlier bins are read.
  package let isLagged: Bool
  /// What is wrong at this very place has been said.
  package let isDoubtful: Bool
}

extension Expression {
  /// All references, in the order of the text. Complexity: O(nodes).
  ///
  /// Where the lag of a SHIFT is wrong, or the function of a call, the references in it count as lagged: whether they are
  /// cannot be known.
  package var references: [ExpressionReference] {
    var isLagged: [Bool] = []
    var found: [ExpressionReference] = []
    found.reserveCapacity(nodes.count { $0.kind == .reference })
    var problems = syntaxProblems[...]
    if nodes.contains(where: { $0.function == .shift || $0.isUnknownCall }) {
      isLagged = laggedNodes
    }
    for (place, node) in nodes.enumerated() where node.kind == .reference {
      let range = node.range
      while let problem = problems.first, problem.range.end < range.start {
        problems.removeFirst()
      }
      found.append(
        ExpressionReference(
          name: ExactString(text(in: range)), range: range,
          isLagged: !isLagged.isEmpty && isLagged[place],
          isDoubtful: problems.first.map { $0.range.start <= range.start && !$0.range.isEmpty }
            ?? false))
    }
    return found
  }

  /// Which nodes stand inside a SHIFT that looks back.
  private var laggedNodes: [Bool] {
    var isLagged = [Bool](repeating: false, count: nodes.count)
    // Parents stand after their children.
    for place in nodes.indices.reversed() {
      let node = nodes[place]
      guard node.count > 0 else { continue }
      let looksBack =
        node.isUnknownCall || (node.function == .shift && (lag(of: place) ?? 1) > 0)
      guard looksBack || isLagged[place] else { continue }
      for child in children(of: place) { isLagged[child] = true }
    }
    return isLagged
  }

  /// The lag of a SHIFT with two arguments, if it is a whole number written out.
  func lag(of place: Int) -> Int? {
    let node = nodes[place]
    guard node.count == 2, node.first >= 0, nodes[Int(node.first)].next >= 0 else { return nil }
    let lag = nodes[Int(nodes[Int(node.first)].next)]
    return lag.kind == .number ? lag.wholeValue : nil
  }

  /// Whether a reference stands in the series of a CONV whose first weight is 0: what it reads there of the same bin is
  /// read for nothing.
  package func isWeighedByZero(_ reference: ExpressionReference) -> Bool {
    nodes.contains { node in
      guard node.function == .conv, node.count == 2, node.first >= 0 else { return false }
      let series = nodes[Int(node.first)]
      guard series.range.contains(reference.range), series.next >= 0 else { return false }
      let list = nodes[Int(series.next)]
      guard list.kind == .list, list.first >= 0 else { return false }
      let weight = nodes[Int(list.first)]
      return weight.kind == .number && weight.value == 0
    }
  }

  /// Calls `SHIFT(name, n)` with n of at least 1, at any depth: where a node reads its own past.
  package func selfShifts(of name: ExactString) -> [ByteRange] {
    nodes.indices.compactMap { place in
      let node = nodes[place]
      guard node.function == .shift, let lag = lag(of: place), lag > 0 else { return nil }
      let series = nodes[Int(node.first)]
      guard series.kind == .reference, ExactString(text(in: series.range)) == name else {
        return nil
      }
      return node.range
    }
  }
}

extension ExpressionNode {
  /// A call of a function that does not exist.
  fileprivate var isUnknownCall: Bool { kind == .call && function == nil }

  /// The value of a number that is whole and at most ``ExpressionLimits/binCountMax``.
  var wholeValue: Int? {
    guard kind == .number, let whole = Int(exactly: value), whole <= ExpressionLimits.binCountMax
    else { return nil }
    return whole
  }
}
