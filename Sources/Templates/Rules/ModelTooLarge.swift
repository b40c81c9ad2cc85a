import FlowModel
package import Source

/// The model that would be made is beyond a bound: its lists have too many values together, its texts are too long
/// together, or its topology makes too many nodes or outputs.
///
/// Range: what goes beyond the bound: the reference, the profile, the topology node.
/// Source: docs/reference/template.md, "Bounds".
package enum ModelTooLarge: Rule {
  package static let code = DiagnosticCode(rawValue: "model-too-large")

  /// What is bounded.
  enum Bound {
    case values, text, madeNodes, nodes, outputs

    fileprivate var message: String {
      switch self {
      case .values: "the lists of this model have more than \(RenderingLimits.valueCountMax) values"
      case .text:
        "the texts with references in this model have more than \(RenderingLimits.textLengthMax) bytes"
      case .madeNodes:
        "this topology needs more than \(RenderingLimits.madeNodeCountMax) nodes to be made"
      case .nodes: "this model has more than \(RenderingLimits.nodeCountMax) nodes"
      case .outputs: "this model has more than \(RenderingLimits.outputCountMax) outputs"
      }
    }
  }

  static func report(
    _ bound: Bound, at range: ByteRange, _ path: DataPath, _ findings: inout Findings
  ) {
    findings.add(ModelTooLarge.self, at: range, bound.message, path: path)
  }
}
