import Platform
import RunStore

// Measures the parts of FlowTime Sim on inputs that are the same in every run. docs/benchmarks.md tells how to read it.

// As a server has it.
FreedMemory.keep(8 << 20)

do {
  let words = Array(Environment.arguments.dropFirst())
  if words.first == "single" {
    try Single.run(Array(words.dropFirst()))
  } else if let first = words.first, StoreBenchmark.names.contains(first) {
    try StoreBenchmark.run(words)
  } else {
    try runAll(Arguments(words))
  }
} catch let failure as Failure {
  end(failure.message, status: 2)
} catch let failure as RunStoreFailure {
  end(failure.message, status: 1)
} catch let error as SystemError {
  end(error.message, status: 1)
}

func end(_ message: String, status: Int32) -> Never {
  try? StandardStream.error.writeAll(Array("flowtime-bench: \(message)\n".utf8).span)
  exitProcess(status)
}

func runAll(_ arguments: Arguments) throws(Failure) {
  if arguments.asksForHelp { return print(Arguments.help) }
  let inputs = try Inputs(templates: arguments.templates)
  let selected = measurements(inputs).filter { arguments.selects($0.name) }
  guard !selected.isEmpty else {
    throw Failure("no measurement has '\(arguments.filter)' in its name")
  }
  report(selected, seconds: arguments.seconds)
}

func measurements(_ inputs: Inputs) -> [Measurement] {
  yamlMeasurements(inputs) + templateMeasurements(inputs) + modelMeasurements(inputs)
    + proofMeasurements(inputs) + engineMeasurements() + jsonMeasurements(inputs)
    + protocolMeasurements(inputs)
}
