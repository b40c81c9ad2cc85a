package import Engine
import FlowModel
package import Source

/// A model that can be run: read, checked and compiled.
package struct CheckedModel: Sendable {
  /// How strictly a model is looked at.
  package enum Strictness: Sendable {
    /// As a door takes it: every rule of docs/reference/rules.md holds, as far as the Engine does not know better.
    case request
    /// As the command line reads a file: what can be run is run, with a warning where a rule does not hold.
    case file
  }

  let document: ModelDocument
  let data: DataNode
  package let plan: Plan
  /// No errors are among them.
  package let warnings: [Diagnostic]

  /// - Throws: ``EngineFailure``: `modelEmpty`, `modelInvalid`, `limitExceeded`.
  package init(
    _ text: SourceText, _ strictness: Strictness, _ limits: RunLimits
  ) throws(EngineFailure) {
    guard !text.bytes.allSatisfy(HeaderProvenance.isBlank) else { throw .modelEmpty }
    try Self.hold(text.count, to: limits.modelLengthMax, "modelLengthMax")
    let document = ModelDocument(text)
    guard document.root != nil, !document.findings.hasErrors else {
      throw .modelInvalid(text, document.findings.sorted)
    }
    let reading = ModelReading(document)
    guard let data = reading.data else { throw .modelInvalid(text, reading.diagnostics) }
    try Self.hold(data["nodes"]?.items.count ?? 0, to: limits.nodeCountMax, "nodeCountMax")
    try Self.hold(
      data["grid"]?["bins"]?.number?.integer ?? 0, to: limits.binCountMax, "binCountMax")
    let (plan, found) = Plan.compile(document, layout: strictness == .request ? .request : .file)
    var findings = reading.diagnostics.compactMap {
      Self.weighed($0, strictness, canRun: plan != nil)
    }
    for finding in found
    where !findings.contains(where: {
      $0.range == finding.range && ($0.severity == .error || $0.code == finding.code)
    }) {
      findings.append(finding)
    }
    findings.sort()
    guard let plan, !findings.hasErrors else { throw .modelInvalid(text, findings) }
    self.document = document
    self.data = data
    self.plan = plan
    warnings = findings
  }

  private static func hold(_ found: Int, to value: Int, _ name: String) throws(EngineFailure) {
    if found > value { throw .limitExceeded(name: name, value: value, found: found) }
  }

  /// What a finding of the rules means here; nil where it means nothing.
  private static func weighed(
    _ finding: Diagnostic, _ strictness: Strictness, canRun: Bool
  ) -> Diagnostic? {
    guard finding.severity == .error else { return finding }
    var finding = finding
    let isAlwaysWrong = finding.path == "grid.provenance"
    switch strictness {
    case .file:
      if isAlwaysWrong { return finding }
      // What keeps a model from running, the compiler says.
      guard canRun, !engineDecides.contains(finding.code.rawValue), !isPassedOver(finding) else {
        return nil
      }
      // It runs, and may give other numbers than were meant: a bin without a value is 0.
      finding.severity = .warning
      return finding
    case .request:
      let isKnown =
        canRun && (engineDecides.contains(finding.code.rawValue) || isPassedOver(finding))
      if isKnown || finding.code == ProvenanceMalformed.code { finding.severity = .warning }
      return finding
    }
  }

  /// Rules about names and spellings: the Engine knows more of them than a model needs, such as series that a topology
  /// makes, numbers with exponents, and the keys of ``KeyLayout/file``.
  private static let engineDecides: Set<String> = [
    "expr-syntax", "expr-unknown-reference", "expr-array-misplaced", "expr-shift-lag",
    "expr-pulse-literal", "expr-dependency-missing", "self-shift-initial",
    "output-unknown-node", "router-queue-missing", "router-queue-unknown", "router-routes-empty",
    "router-target-missing", "router-target-unknown", "edge-endpoint-missing", "edge-unknown-node",
    "semantics-unknown-series", "buffer-unknown-reference", "constraint-unknown-series",
    "parallelism-unknown-series", "dispatch-capacity-unknown", "wip-limit-unknown",
    "arrival-pattern-unknown", "edge-type-unknown", "edge-measure-unknown",
  ]

  /// A key of ``KeyLayout/file``, or one at the top that says something to others: a title, tags, a mode.
  private static func isPassedOver(_ finding: Diagnostic) -> Bool {
    guard finding.code == KeyUnknown.code else { return false }
    let path = finding.path
    return path == "grid.startTimeUtc" || path.hasPrefix("nodes[") && path.hasSuffix("].router")
      || !path.utf8.contains(UInt8(ascii: ".")) && !path.utf8.contains(UInt8(ascii: "["))
  }
}
