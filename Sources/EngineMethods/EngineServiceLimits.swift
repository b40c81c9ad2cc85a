import Engine
package import EngineOperations
import Expressions
import FlowModel
import RunStore
package import Server
import YAML

/// Every bound of an Engine by the name that `status` and messages use.
package struct EngineServiceLimits: NamedLimits {
  package var server = Limits()
  /// How large a model may be.
  package var run = RunLimits()
  /// Models of one ``RunGroupMethod``.
  package var groupRunCountMax = 1_000
  /// Runs that one request archives or deletes.
  package var changedRunCountMax = 1_000

  package init() {}

  package static var paths: [(name: String, path: WritableKeyPath<EngineServiceLimits, Int>)] {
    [
      ("modelLengthMax", \.run.modelLengthMax), ("nodeCountMax", \.run.nodeCountMax),
      ("binCountMax", \.run.binCountMax), ("seriesLengthMax", \.run.seriesLengthMax),
      ("provenanceLengthMax", \.run.provenanceLengthMax),
      ("heldTextLengthMax", \.run.heldTextLengthMax),
      ("heldValueCountMax", \.run.heldValueCountMax), ("groupRunCountMax", \.groupRunCountMax),
      ("changedRunCountMax", \.changedRunCountMax),
    ]
  }

  package var fixed: [(name: String, value: Int)] {
    let yaml = YAMLLimits()
    return [
      ("yamlTextLengthMax", yaml.textLengthMax),
      ("yamlDepthMax", yaml.depthMax),
      ("yamlAliasNodeCountMax", yaml.aliasNodeCountMax),
      ("yamlDiagnosticCountMax", yaml.diagnosticCountMax),
      ("modelValueCountMax", ReadingLimits.modelValueCountMax),
      ("expressionTextLengthMax", ExpressionLimits.textLengthMax),
      ("expressionTokenCountMax", ExpressionLimits.tokenCountMax),
      ("expressionDepthMax", ExpressionLimits.depthMax),
      ("expressionProblemCountMax", ExpressionLimits.problemCountMax),
      ("findingCountMax", Findings.countMax),
      ("evaluationColumnCountMax", EngineLimits().columnCountMax),
      ("evaluationValueCountMax", EngineLimits().valueCountMax),
      ("evaluationKernelLengthMax", EngineLimits().kernelLengthMax),
      ("evaluationStepCountMax", EngineLimits().stepCountMax),
      ("artifactPageSizeMax", RunQuery.limitMax),
      ("runPageSizeMax", ListRuns.Request.pageSizeMax),
    ]
  }
}
