import Platform

// Measures the parts of FlowTime Sim on inputs that are the same in every run. docs/benchmarks.md tells how to read it.

do {
  let arguments = try Arguments(Array(Environment.arguments.dropFirst()))
  if arguments.asksForHelp {
    print(Arguments.help)
  } else {
    let inputs = try Inputs(templates: arguments.templates)
    let selected = measurements(inputs).filter { arguments.selects($0.name) }
    guard !selected.isEmpty else {
      throw Failure("no measurement has '\(arguments.filter)' in its name")
    }
    report(selected, seconds: arguments.seconds)
  }
} catch let failure as Failure {
  try? StandardStream.error.writeAll(Array("flowtime-bench: \(failure.message)\n".utf8).span)
  exitProcess(2)
}

func measurements(_ inputs: Inputs) -> [Measurement] {
  yamlMeasurements(inputs) + templateMeasurements(inputs) + modelMeasurements(inputs)
    + jsonMeasurements(inputs) + protocolMeasurements(inputs)
}
