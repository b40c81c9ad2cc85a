import Source

/// What rules on names that nothing has share.
extension Findings {
  /// Reports that there is no such thing, and what may have been meant.
  ///
  /// - Parameters:
  ///   - noun: what it would be the name of: "node".
  ///   - near: the name that may have been meant.
  ///   - replacement: the whole text with that name in it; nil for the name itself.
  mutating func addUnknown<Violated: Rule>(
    _ rule: Violated.Type, _ noun: String, _ name: String, at value: DataNode, near: String?,
    replacement: String? = nil, path: DataPath, related: [Related] = [], fixIts: [FixIt] = []
  ) {
    add(
      rule, at: value.range,
      "no \(noun) \(quoted(name))" + (near.map { "; did you mean \(quoted($0))?" } ?? ""),
      path: path, related: related, fixIts: value.fixes(replacement ?? near) + fixIts)
  }

  /// Reports a value that is none of a few.
  ///
  /// - Parameter meant: the one that has the value's name elsewhere, if there is one.
  package mutating func addUnlisted<Violated: Rule>(
    _ rule: Violated.Type, _ value: DataNode, known: [String], meant: String? = nil,
    path: DataPath, _ noun: String
  ) {
    let near = isLong ? nil : meant ?? value.string.flatMap { Suggestion.only($0, among: known) }
    add(
      rule, at: value.range,
      "\(noun) must be \(alternatives(known)), not \(value.described)"
        + (meant.map { "; did you mean \(quoted($0))?" } ?? ""),
      path: path, fixIts: value.fixes(near))
  }
}

extension ModelView {
  /// Reports a series reference that names a node which does not exist.
  ///
  /// - Parameter mayBeOwnQueue: whether `self` means something there.
  func checkSeries<Violated: Rule>(
    _ value: DataNode, _ rule: Violated.Type, mayBeOwnQueue: Bool = false,
    path: @autoclosure () -> DataPath,
    _ findings: inout Findings
  ) {
    guard let text = value.string, !value.isBlank, !nodeIDs.mayHave(ExactString(text)) else {
      return
    }
    let reference = SeriesReference(text)
    if reference == .ownQueue, !mayBeOwnQueue {
      findings.add(
        rule, at: value.range,
        "'self' is a node's own queue: only the queueDepth of a topology node that holds one can be it",
        path: path())
    }
    guard let node = reference.node, !nodeIDs.mayHave(node) else { return }
    let near = findings.isLong ? nil : nodeIDs.near(node.text)
    findings.addUnknown(
      rule, "node", node.text, at: value, near: near,
      replacement: near.map { SeriesReference.replacingNode(in: text, with: $0) }, path: path())
  }

  /// Reports a value that must be a node's id and is none.
  func checkNode<Violated: Rule>(
    _ value: DataNode, _ rule: Violated.Type, path: @autoclosure () -> DataPath,
    _ findings: inout Findings
  ) {
    guard let name = value.string, !value.isBlank, !nodeIDs.mayHave(ExactString(name)) else {
      return
    }
    findings.addUnknown(
      rule, "node", name, at: value, near: findings.isLong ? nil : nodeIDs.near(name),
      path: path())
  }

  /// The fixes of a class that is not declared: the id that may have been meant, and a declaration.
  func checkClass<Violated: Rule>(
    _ value: DataNode, _ rule: Violated.Type, path: @autoclosure () -> DataPath,
    _ findings: inout Findings
  ) {
    guard let name = value.string, !value.isBlank, !classIDs.mayHave(ExactString(name)) else {
      return
    }
    let near = findings.isLong ? nil : classIDs.near(name)
    // With the first class every arrival needs one.
    let isFirst = classes.isEmpty && !arrivals.allSatisfy { $0.value["classId"]?.isBlank == false }
    let canDeclare =
      !isFirst && !findings.isLong && value.causes.isEmpty && ClassIDFormat.isValid(name)
      && bringsRoutedClasses
    let declaration =
      canDeclare
      ? source?.addition(to: "classes", after: "grid", key: "id", value: name) : nil
    findings.addUnknown(
      rule, "class", name, at: value, near: near, path: path(),
      fixIts: declaration.map { [FixIt("declare the class \(quoted(name))", [$0])] } ?? [])
  }
}

extension ModelView {
  /// Whether arrivals, if there are any, bring every class that a route names: one that none brings may be what is meant.
  private var bringsRoutedClasses: Bool {
    let brought = Set(arrivals.compactMap { $0.value["classId"]?.string.map { ExactString($0) } })
    let routed = Route.all(self).flatMap { $0.value["classes"]?.items ?? [] }
    return arrivals.isEmpty
      || routed.allSatisfy { $0.string.map { brought.contains(ExactString($0)) } ?? true }
  }
}

/// "a", "a or b", "a, b or c".
func alternatives(_ words: [String]) -> String {
  guard let last = words.last, words.count > 1 else { return words.first ?? "" }
  return words.dropLast().joined(separator: ", ") + " or " + last
}
