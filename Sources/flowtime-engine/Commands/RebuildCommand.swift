import CommandLine
import EngineOperations
import RunStore

extension Command {
  static let rebuild = Command(
    name: "rebuild", summary: "Make the index of stored runs again, of the runs alone.",
    usage: "[--data DIR]", operandCountMax: 0, options: [.data],
    notes: """
      Nothing needs this: an index that is missing, behind or damaged is made again by itself. It is for one who
      would rather see it done.
      """,
    run: runRebuild)
}

private func runRebuild(_ invocation: Invocation) throws(Stop) {
  let engine = try invocation.engine(makesDirectory: false)
  let entries = try Stop.wrapping { () throws(EngineFailure) in try RebuildIndex.run(in: engine) }
  for notice in engine.store.notices { Terminal.notice("note: \(notice.message)") }
  try Terminal.output("\(entries.count) run\(entries.count == 1 ? "" : "s")\n")
}
