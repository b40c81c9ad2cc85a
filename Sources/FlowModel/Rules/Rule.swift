package import Source

/// Something that can be wrong with a text, under one published code.
///
/// The doc comment of a rule is its manual page; docs/reference/diagnostics.md repeats it and a test compares the two
/// lists.
package protocol Rule: Sendable {
  static var code: DiagnosticCode { get }
  static var severity: Severity { get }
}

extension Rule {
  package static var severity: Severity { .error }
}

/// A rule about models, and about templates once their references are replaced.
package protocol ModelRule: Rule {
  /// Adds every violation found. Silent over values that are unknown or that another rule blames.
  static func check(_ model: ModelView, _ findings: inout Findings)
}

extension Findings {
  package mutating func add<Violated: Rule>(
    _ rule: Violated.Type, at range: ByteRange, _ message: String, path: DataPath = DataPath(),
    related: [Related] = [], fixIts: [FixIt] = []
  ) {
    add(rule.code, rule.severity, at: range, message, path: path, related: related, fixIts: fixIts)
  }
}

extension DataNode {
  /// The fix that writes `text` in place of this value, if there is such a text.
  ///
  /// None where a parameter brought the value: the reference that stands there is right, and must not be lost.
  func fixes(_ text: String?) -> [FixIt] {
    guard let text, causes.isEmpty else { return [] }
    return [FixIt("change to \(quoted(text))", [TextEdit(range, text)])]
  }
}

/// Every rule of this target, in the order of docs/reference/diagnostics.md.
package enum ModelRules {
  package static let all: [any ModelRule.Type] = [
    SchemaVersionMissing.self, SchemaVersionUnsupported.self, GridMissing.self, GridBinsRange.self,
    GridBinSizeRange.self, GridBinUnit.self, GridStartFormat.self, NodesEmpty.self,
    NodeIDMissing.self,
    NodeIDFormat.self, NodeIDDuplicate.self, NodeKindMissing.self, NodeKindUnknown.self,
    ConstValuesMissing.self,
    ConstLengthMismatch.self, PMFMissing.self, PMFValuesEmpty.self, PMFProbabilitiesEmpty.self,
    PMFLengthMismatch.self, PMFProbabilitiesSum.self, PMFProbabilityNegative.self,
    PMFProbabilityAboveOne.self,
    PMFValueDuplicate.self, ExprMissing.self, ExprSyntax.self, ExprUnknownReference.self,
    ExprFunctionUnknown.self, ExprArity.self, ExprShiftLag.self, ExprPulseLiteral.self,
    ExprArrayMisplaced.self, ExprCycle.self, SelfShiftInitial.self, ExprDependencyMissing.self,
    ExprDependencyUnused.self, ExprDivisionByZero.self, ExprClampInverted.self,
    ExprBranchIdle.self, ExprAlwaysNegative.self, KindFieldConflict.self, OutputSourceMissing.self,
    OutputUnknownNode.self, OutputFilenameFormat.self, OutputFilenameDuplicate.self,
    RNGKindMissing.self,
    RNGKindUnsupported.self, RNGSeedMissing.self, RNGSeedRange.self, ProvenanceMalformed.self,
  ]

  /// Rules that reading a document applies, before there is a ``ModelView``.
  package static let reading: [any Rule.Type] = [
    TagUnknown.self, KeyNotScalar.self, NumberOutOfRange.self, PMFNotFinite.self, KeyUnknown.self,
    KeyDeprecated.self,
    KeySpelledTwice.self, ValueType.self, ModelEmpty.self, ModelNotMapping.self,
    DocumentSeveral.self,
  ]

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for rule in all { rule.check(model, &findings) }
  }
}
