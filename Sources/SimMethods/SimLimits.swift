import Engine
import Expressions
import FlowModel
package import Operations
package import Server
import Templates
import YAML

/// Every bound of Sim by the name that `status` and messages use.
package struct SimLimits: NamedLimits {
  package var server = Limits()
  /// Most documents one connection may have open.
  package var openDocumentCountMax = 1_000
  /// Bytes of all documents one connection may have open: 128 MiB.
  package var openDocumentLengthMax = 128 << 20
  /// Template files of one directory that are read, the first in byte order.
  package var templateFileCountMax = 1_000
  /// How many of the models that were made last are kept.
  package var recentModels = RecentModels.Bounds()

  package init() {}

  package static var paths: [(name: String, path: WritableKeyPath<SimLimits, Int>)] {
    [
      ("openDocumentCountMax", \.openDocumentCountMax),
      ("openDocumentLengthMax", \.openDocumentLengthMax),
      ("templateFileCountMax", \.templateFileCountMax),
      ("recentModelCountMax", \.recentModels.countMax),
      ("recentModelLengthMax", \.recentModels.lengthMax),
    ]
  }

  package var fixed: [(name: String, value: Int)] {
    let yaml = YAMLLimits()
    let engine = EngineLimits()
    return [
      ("yamlTextLengthMax", yaml.textLengthMax),
      ("yamlDepthMax", yaml.depthMax),
      ("yamlAliasNodeCountMax", yaml.aliasNodeCountMax),
      ("yamlDiagnosticCountMax", yaml.diagnosticCountMax),
      ("modelValueCountMax", ReadingLimits.modelValueCountMax),
      ("templateValueCountMax", ReadingLimits.templateValueCountMax),
      ("expressionTextLengthMax", ExpressionLimits.textLengthMax),
      ("expressionTokenCountMax", ExpressionLimits.tokenCountMax),
      ("expressionDepthMax", ExpressionLimits.depthMax),
      ("expressionProblemCountMax", ExpressionLimits.problemCountMax),
      ("findingCountMax", Findings.countMax),
      ("renderedValueCountMax", RenderingLimits.valueCountMax),
      ("renderedTextLengthMax", RenderingLimits.textLengthMax),
      ("renderedNodeCountMax", RenderingLimits.nodeCountMax),
      ("renderedMadeNodeCountMax", RenderingLimits.madeNodeCountMax),
      ("renderedOutputCountMax", RenderingLimits.outputCountMax),
      ("modelPatternCountMax", TemplatePatterns.countMax),
      ("modelPatternLengthMax", TemplatePatterns.lengthMax),
      ("modelPatternTotalLengthMax", PatternShelf.lengthMax),
      ("diffChangeCountMax", Comparison.changeCountMax),
      ("diffPathLengthMax", Comparison.pathLengthMax),
      ("diffStepCountMax", Comparison.alignmentStepCountMax),
      ("evaluationColumnCountMax", engine.columnCountMax),
      ("evaluationValueCountMax", engine.valueCountMax),
      ("evaluationKernelLengthMax", engine.kernelLengthMax),
      ("evaluationStepCountMax", engine.stepCountMax),
      ("previewValueCountMax", PreviewModel.valueCountMax),
    ]
  }
}
