import FlowModel
package import Source

/// Everything that is wrong with a model.
package enum ValidateModel {
  package static func run(_ model: SourceText) -> [Diagnostic] {
    ModelReading(model).diagnostics
  }

  /// - Throws: ``OperationFailure/stopped``.
  package static func run(
    _ model: SourceText, _ monitor: WorkMonitor
  ) throws(OperationFailure) -> [Diagnostic] {
    try monitor.begin(.checking)
    let diagnostics = run(model)
    try monitor.check()
    return diagnostics
  }
}
