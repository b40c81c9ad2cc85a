import FlowModel
package import Source

/// Everything that is wrong with a model.
package enum ValidateModel {
  package static func run(_ model: SourceText) -> [Diagnostic] {
    ModelReading(model).diagnostics
  }
}
