import Expressions
import FlowModel
package import JSONRPC
import Operations
import Templates
import YAML

/// Every bound of the daemon by the name that `status` and messages use.
package struct Limits: Sendable {
  package var rpc: RPCLimits
  /// Most clients of one socket at a time; the next waits in the system's queue.
  package var connectionCountMax = 256
  /// Bytes of answers that wait to be written before the next message is looked at: 8 MiB.
  package var outputLengthMax = 8 << 20

  package init(rpc: RPCLimits = RPCLimits()) {
    self.rpc = rpc
  }

  package var named: [(name: String, value: Int)] {
    let yaml = YAMLLimits()
    return [
      ("bodyLengthMax", rpc.bodyLengthMax),
      ("headerLengthMax", rpc.headerLengthMax),
      ("headerCountMax", rpc.headerCountMax),
      ("depthMax", rpc.depthMax),
      ("valueCountMax", rpc.valueCountMax),
      ("batchCountMax", rpc.batchCountMax),
      ("requestCountMax", rpc.requestCountMax),
      ("connectionCountMax", connectionCountMax),
      ("outputLengthMax", outputLengthMax),
      ("openDocumentCountMax", OpenDocuments.countMax),
      ("templateFileCountMax", TemplateCatalog.fileCountMax),
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
      ("diffChangeCountMax", Comparison.changeCountMax),
      ("diffPathLengthMax", Comparison.pathLengthMax),
      ("diffStepCountMax", Comparison.alignmentStepCountMax),
    ]
  }

  /// The bounds that ``set(_:to:)`` changes.
  package var settable: [String] { Limits.paths.map(\.name) }

  private static var paths: [(name: String, path: WritableKeyPath<Limits, Int>)] {
    [
      ("bodyLengthMax", \.rpc.bodyLengthMax), ("headerLengthMax", \.rpc.headerLengthMax),
      ("headerCountMax", \.rpc.headerCountMax), ("depthMax", \.rpc.depthMax),
      ("valueCountMax", \.rpc.valueCountMax), ("batchCountMax", \.rpc.batchCountMax),
      ("requestCountMax", \.rpc.requestCountMax),
      ("connectionCountMax", \.connectionCountMax), ("outputLengthMax", \.outputLengthMax),
    ]
  }

  /// - Returns: false where there is no such bound.
  package mutating func set(_ name: String, to value: Int) -> Bool {
    guard let path = Limits.paths.first(where: { $0.name == name })?.path else { return false }
    self[keyPath: path] = value
    return true
  }
}
