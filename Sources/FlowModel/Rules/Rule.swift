import JSON
package import Source
import YAML

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
    let edit = TextEdit(range, DataNode.scalar(text), isScalar: true)
    return [FixIt("change to \(quoted(text))", [edit])]
  }
}

extension DataNode {
  /// A text as YAML has it wherever a scalar may stand.
  private static func scalar(_ text: String) -> String {
    let isWord = text.utf8.allSatisfy { Identifier.isPart($0) || $0 == 0x2D || $0 == 0x2E }
    var isString = false
    if case .string = CoreScalar(plain: text) { isString = true }
    // A moment has colons, which no space follows.
    let isMoment = Timestamp.Reading(rfc3339: text) != nil
    return isMoment || (isWord && isString && text.utf8.first != 0x2D)
      ? text : JSONValue.string(text).text()
  }
}

/// Every rule of this target, in the order of docs/reference/diagnostics.md.
package enum ModelRules {
  package static let all: [any ModelRule.Type] =
    header + grid + nodes + expressions + buffers + outputs + classes + topology
    + [ProvenanceMalformed.self] + oversights

  private static let header: [any ModelRule.Type] = [
    SchemaVersionMissing.self, SchemaVersionUnsupported.self, GeneratorInvalid.self,
    ModeUnsupported.self, WindowStartMissing.self, WindowStartFormat.self, WindowStartNotUTC.self,
    WindowTimezone.self,
  ]

  private static let grid: [any ModelRule.Type] = [
    GridMissing.self, GridBinsRange.self, GridBinSizeRange.self, GridBinUnit.self,
    GridStartFormat.self,
  ]

  private static let nodes: [any ModelRule.Type] = [
    NodesEmpty.self, NodeIDMissing.self, NodeIDFormat.self, NodeIDDuplicate.self,
    NodeKindMissing.self, NodeKindUnknown.self, ConstValuesMissing.self,
    ConstNoValuesNoSource.self, ConstLengthMismatch.self, PMFMissing.self, PMFValuesEmpty.self,
    PMFProbabilitiesEmpty.self, PMFLengthMismatch.self, PMFProbabilitiesSum.self,
    PMFProbabilityNegative.self, PMFProbabilityAboveOne.self, PMFValueDuplicate.self,
    ProfileKindUnsupported.self, ProfileNameMissing.self, ProfileUnknown.self,
    ProfileWeightsMissing.self, ProfileWeightsLength.self, ProfileWeightsNegative.self,
    ProfileWeightsZeroMean.self, ExprMissing.self,
  ]

  private static let expressions: [any ModelRule.Type] = [
    ExprSyntax.self, ExprUnknownReference.self, ExprFunctionUnknown.self, ExprArity.self,
    ExprShiftLag.self, ExprPulseLiteral.self, ExprArrayMisplaced.self, ExprCycle.self,
    SelfShiftInitial.self, ExprDependencyMissing.self, ExprDependencyUnused.self,
    ExprDivisionByZero.self, ExprClampInverted.self, ExprBranchIdle.self, ExprAlwaysNegative.self,
    KindFieldConflict.self,
  ]

  private static let buffers: [any ModelRule.Type] = [
    BufferFlowMissing.self, BufferUnknownReference.self, RouterQueueMissing.self,
    RouterQueueUnknown.self, RouterRoutesEmpty.self, RouterTargetMissing.self,
    RouterTargetUnknown.self, RouterRouteSelector.self, RouterWeightPositive.self,
    RouterClassUnknown.self, DispatchKind.self, DispatchPeriod.self, DispatchPhase.self,
    DispatchCapacityUnknown.self,
  ]

  private static let outputs: [any ModelRule.Type] = [
    OutputSourceMissing.self, OutputUnknownNode.self, OutputFilenameFormat.self,
    OutputFilenameDuplicate.self, OutputExcludeUnknown.self, RNGKindMissing.self,
    RNGKindUnsupported.self,
    RNGSeedMissing.self, RNGSeedRange.self,
  ]

  private static let classes: [any ModelRule.Type] = [
    ClassIDMissing.self, ClassIDDuplicate.self, ClassIDFormat.self, ArrivalNodeMissing.self,
    ArrivalNodeUnknown.self, ArrivalPatternMissing.self, ArrivalPatternUnknown.self,
    ArrivalRateNegative.self, ArrivalClassRequired.self, ArrivalClassUnknown.self,
  ]

  private static let topology: [any ModelRule.Type] = [
    TopologyNodesEmpty.self, TopologyIDMissing.self, TopologyIDDuplicate.self,
    TopologyKindMissing.self, TopologyKindMisspelt.self, NodeRoleMisspelt.self,
    SemanticsMissing.self, SemanticsUnknownSeries.self, AliasUnknown.self,
    SemanticsArrivalsRequired.self,
    SemanticsServedOrQueueRequired.self, DependencyArrivalsServedRequired.self,
    DependencyForbiddenField.self, SinkForbiddenField.self, SinkArrivalsRequired.self,
    SinkServedMismatch.self, ParallelismNotAllowed.self, ParallelismRange.self,
    ParallelismUnknownSeries.self, ConstraintIDMissing.self, ConstraintIDDuplicate.self,
    ConstraintArrivalsMissing.self, ConstraintServedMissing.self, ConstraintUnknownSeries.self,
    ConstraintRefEmpty.self, ConstraintRefUnknown.self, ConstraintRefNoneDefined.self,
    EdgesRequired.self, EdgeEndpointMissing.self, EdgeUnknownNode.self, EdgeTypeUnknown.self,
    EdgeMeasureUnknown.self, EdgeLagUsed.self, WIPLimitUnknown.self, WIPOverflowUnknown.self,
    WIPOverflowCycle.self, QuantityNegative.self,
  ]

  /// What is allowed and hardly meant. They come last: they are silent where there are errors.
  private static let oversights: [any ModelRule.Type] = [
    NodeUnused.self, EdgeWeightMismatch.self, RouteUnreachable.self,
  ]

  /// Rules that reading a document applies, before there is a ``ModelView``.
  package static let reading: [any Rule.Type] = [
    TagUnknown.self, KeyNotScalar.self, NumberOutOfRange.self, PMFNotFinite.self,
    RetryKernelNotFinite.self, KeyUnknown.self,
    KeyDeprecated.self,
    KeySpelledTwice.self, ValueType.self, ModelEmpty.self, ModelNotMapping.self,
    DocumentSeveral.self,
  ]

  package static func check(_ model: ModelView, _ findings: inout Findings) {
    for rule in all { rule.check(model, &findings) }
  }
}
