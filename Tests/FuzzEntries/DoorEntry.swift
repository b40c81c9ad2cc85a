import EngineHTTP
import EngineOperations
import EngineTestSupport
import FlowModel
import HTTP
import JSON
import Platform
import RunStore

/// Whatever an Engine is asked over HTTP, it answers, blames nobody but the client, and has whole runs alone.
func fuzzDoor(_ bytes: Span<UInt8>) {
  var limits = RunLimits()
  limits.modelLengthMax = 4_096
  limits.nodeCountMax = 50
  limits.binCountMax = 60
  guard let home = try? TemporaryEngine(limits: limits) else {
    return Invariant.report("there is no place for a data directory")
  }
  let door = EngineDoor(home.engine)
  var connection = HTTPConnection(now: Moment(uptime: .zero, unixSeconds: 1_758_801_600))
  connection.push(bytes.prefixArray(12_000))
  while let request = connection.next() {
    let response = door.respond(to: request)
    demand(response, request)
    connection.respond(to: request.number, with: response)
    _ = connection.takeOutput()
  }
  demandWhole(home)
}

private func demand(_ response: Response, _ request: Request) {
  let shown = "\(request.method) \(request.target.text.debugDescription)"
  let status = response.status.rawValue
  // A method that nobody knows is what 501 is for.
  Invariant.demand(
    status < 500 || status == 501, "the client is at fault, if anybody is: \(status) to \(shown)")
  guard status >= 400 else { return }
  let problem = (try? JSONDocument.parse(response.body))?.root.objectValue
  Invariant.demand(
    problem?["status"] == .number(JSONNumber(status)), "a problem says its status: \(shown)")
  Invariant.demand(
    !(problem?["detail"]?.stringValue ?? "").isEmpty, "a problem says what is wrong: \(shown)")
}

/// All that is listed can be read, and nothing lies about.
func demandWhole(_ home: TemporaryEngine) {
  do throws(EngineFailure) {
    var query = RunQuery()
    query.includesArchived = true
    for entry in try ListArtifacts.run(query, in: home.engine).entries {
      let run = try GetRun.run(entry.id, in: home.engine)
      for series in run.record["series"]?.arrayValue ?? [] {
        guard let id = series.objectValue?["id"]?.stringValue else { continue }
        _ = try GetSeries.run(id, of: entry.id, in: home.engine)
      }
    }
  } catch {
    Invariant.report("what is listed cannot be read: \(error.message)")
  }
  let names = (try? FileSystem.listDirectory(home.path)) ?? []
  Invariant.demand(
    names.allSatisfy {
      $0.hasPrefix("run_") || $0.hasPrefix(".") || $0.hasPrefix("registry-index")
    }, "the data directory holds runs: \(names)")
}
