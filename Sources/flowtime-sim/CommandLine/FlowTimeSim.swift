import CommandLine
import FlowModel
import Platform

extension Program {
  static let sim = Program(
    name: ProductVersion.name, version: ProductVersion.number,
    summary: "FlowTime Sim makes models and their provenance from templates.",
    commands: [
      .generate, .validate, .explain, .preview, .diff, .list, .show, .embed, .extract, .verify,
      .regenerate,
      .export, .serve, .connect,
    ], check: refuseValues)

  /// Sees to it that no value stands where a file or a template belongs: `--params` is easily left out.
  private static func refuseValues(_ invocation: Invocation) throws(Stop) {
    let command = invocation.command
    guard !invocation.has(.help),
      command.options.contains(where: { $0.name == Option.parameters.name })
    else { return }
    let values = invocation.operands.filter {
      ParameterOperand.isAssignment($0) && !FileSystem.exists($0)
    }
    if values.isEmpty { return }
    throw .usage(
      "\(command.name): values stand after --params: --params \(values.joined(separator: " "))")
  }
}
