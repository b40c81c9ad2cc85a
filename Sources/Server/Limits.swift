import Expressions
import FlowModel
package import JSONRPC
package import Operations
import Templates
import YAML

/// Every bound of the daemon by the name that `status` and messages use.
package struct Limits: Sendable {
  package var rpc: RPCLimits
  /// Most clients of one socket at a time; the next waits in the system's queue.
  package var connectionCountMax = 256
  /// Bytes of answers that wait to be written before the next message is looked at: 8 MiB.
  package var outputLengthMax = 8 << 20
  /// Bytes that a request is about, its template included, up to which it is answered before the next message is looked
  /// at; longer ones are worked on in the background. 0 sends all there that can take long: 16 KiB, which take about 2 ms.
  package var inlineLengthMax = 16 << 10
  /// Long requests of one connection that are not answered; the message after them waits unread.
  package var longRequestCountMax = 100
  /// Bytes that the long requests of one connection are about; at more, the next message waits unread: 128 MiB.
  package var longRequestLengthMax = 128 << 20
  /// Long requests of one connection that are worked on, or wait for a thread, at a time; the others wait behind them.
  package var workCountMax = 4
  /// Threads for long requests. There is one more than the machine has processors, and never more than these.
  package var workerCountMax = 64
  /// How long a request may take before its progress is told, in milliseconds; 0 tells it at once.
  package var quietMillisecondsMax = 200
  /// Within how many seconds a message that was begun must end.
  package var frameSecondsMax = 30
  /// Within how many seconds a client of a socket must take what is written to it.
  package var writeSecondsMax = 30
  /// How many seconds a daemon that is told to end goes on with what it has read.
  package var shutdownSecondsMax = 5
  /// Bytes of a text of `$/logTrace`; a longer one is cut.
  package var traceLengthMax = 4_096
  /// Bytes of one recording, but for the line that says that it is cut: 64 MiB.
  package var recordLengthMax = 64 << 20
  /// Connections of a socket that are recorded; later ones are not.
  package var recordFileCountMax = 1_000
  /// Most documents one connection may have open.
  package var openDocumentCountMax = 1_000
  /// Bytes of all documents one connection may have open: 128 MiB.
  package var openDocumentLengthMax = 128 << 20
  /// Template files of one directory that are read, the first in byte order.
  package var templateFileCountMax = 1_000
  /// How many of the models that were made last are kept.
  package var recentModels = RecentModels.Bounds()
  /// Bytes of the log that wait to be written; lines after them are left out, and counted: 256 KiB.
  package var logBufferLengthMax = 256 << 10

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
      ("batchReplyLengthMax", rpc.batchReplyLengthMax),
      ("requestCountMax", rpc.requestCountMax),
      ("connectionCountMax", connectionCountMax),
      ("outputLengthMax", outputLengthMax),
      ("inlineLengthMax", inlineLengthMax),
      ("longRequestCountMax", longRequestCountMax),
      ("longRequestLengthMax", longRequestLengthMax),
      ("workCountMax", workCountMax),
      ("workerCountMax", workerCountMax),
      ("quietMillisecondsMax", quietMillisecondsMax),
      ("frameSecondsMax", frameSecondsMax),
      ("writeSecondsMax", writeSecondsMax),
      ("shutdownSecondsMax", shutdownSecondsMax),
      ("traceLengthMax", traceLengthMax),
      ("recordLengthMax", recordLengthMax),
      ("recordFileCountMax", recordFileCountMax),
      ("openDocumentCountMax", openDocumentCountMax),
      ("openDocumentLengthMax", openDocumentLengthMax),
      ("templateFileCountMax", templateFileCountMax),
      ("recentModelCountMax", recentModels.countMax),
      ("recentModelLengthMax", recentModels.lengthMax),
      ("logBufferLengthMax", logBufferLengthMax),
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
    ]
  }

  /// The bounds that ``set(_:to:)`` changes.
  package var settable: [String] { Limits.paths.map(\.name) }

  private static var paths: [(name: String, path: WritableKeyPath<Limits, Int>)] {
    [
      ("bodyLengthMax", \.rpc.bodyLengthMax), ("headerLengthMax", \.rpc.headerLengthMax),
      ("headerCountMax", \.rpc.headerCountMax), ("depthMax", \.rpc.depthMax),
      ("valueCountMax", \.rpc.valueCountMax), ("batchCountMax", \.rpc.batchCountMax),
      ("batchReplyLengthMax", \.rpc.batchReplyLengthMax),
      ("requestCountMax", \.rpc.requestCountMax),
      ("connectionCountMax", \.connectionCountMax), ("outputLengthMax", \.outputLengthMax),
      ("inlineLengthMax", \.inlineLengthMax), ("longRequestCountMax", \.longRequestCountMax),
      ("longRequestLengthMax", \.longRequestLengthMax), ("workCountMax", \.workCountMax),
      ("workerCountMax", \.workerCountMax), ("quietMillisecondsMax", \.quietMillisecondsMax),
      ("frameSecondsMax", \.frameSecondsMax), ("writeSecondsMax", \.writeSecondsMax),
      ("shutdownSecondsMax", \.shutdownSecondsMax),
      ("traceLengthMax", \.traceLengthMax),
      ("recordLengthMax", \.recordLengthMax), ("recordFileCountMax", \.recordFileCountMax),
      ("openDocumentCountMax", \.openDocumentCountMax),
      ("openDocumentLengthMax", \.openDocumentLengthMax),
      ("templateFileCountMax", \.templateFileCountMax),
      ("recentModelCountMax", \.recentModels.countMax),
      ("recentModelLengthMax", \.recentModels.lengthMax),
      ("logBufferLengthMax", \.logBufferLengthMax),
    ]
  }

  /// The least value that a bound may have: with 0 most would leave nothing to be done.
  package static func leastValue(of name: String) -> Int {
    ["inlineLengthMax", "quietMillisecondsMax"].contains(name) ? 0 : 1
  }

  /// Greater than anyone needs, and small enough to be counted with.
  package static let greatestValue = 1 << 53

  /// - Returns: false where there is no such bound.
  package mutating func set(_ name: String, to value: Int) -> Bool {
    guard let path = Limits.paths.first(where: { $0.name == name })?.path else { return false }
    self[keyPath: path] = value
    return true
  }
}
