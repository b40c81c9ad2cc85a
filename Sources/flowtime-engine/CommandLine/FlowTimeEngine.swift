import CommandLine
import FlowModel

extension Program {
  static let engine = Program(
    name: "flowtime-engine", version: ProductVersion.number,
    summary:
      "FlowTime Engine runs models, stores runs with their provenance, and answers for them.",
    commands: [.run, .serve, .artifacts, .show, .plot, .trace, .rebuild])
}
