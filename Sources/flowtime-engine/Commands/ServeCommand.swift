import CommandLine
import EngineMethods
import EngineOperations
import FlowModel
import Platform
import Server
import Serving

extension Option {
  static let http = Option(
    "--http", value: .optional("ADDRESS"),
    help: "answer HTTP there, such as 127.0.0.1:8080 or [::1]:0; default 127.0.0.1:8080")
  static let hostName = Option(
    "--host-name", value: .required("NAME"),
    help:
      "a name by which HTTP clients call this machine, beside localhost and numbers; may be repeated"
  )
  static let listen = Option(
    "--socket", value: .optional("PATH"),
    help:
      "answer JSON-RPC over a Unix socket; default $XDG_RUNTIME_DIR/flowtime-engine/daemon.sock")
  static let readOnly = Option(
    Option.readOnlyName, help: "refuse what stores, changes or deletes runs to every client")
}

extension Command {
  static let serve = Command(
    name: "serve", summary: "Run models and answer for runs until the user has enough.",
    usage: "[--data DIR] [--http [ADDRESS]] [--socket [PATH] | --stdio]", operandCountMax: 0,
    options: [
      .data, .http, .hostName, .listen, .stdio, .logLevel, .logFormat, .logFile, .limit, .idleExit,
      .allowUID, .readOnly, .recordFile,
    ],
    notes: """
      HTTP is for this machine: nobody is asked who they are, so serve another address than loopback only behind
      what does. The paths are those of docs/reference/http.md. JSON-RPC has the same operations as methods, over a
      socket of one's own or for one client over stdin and stdout; --idle-exit, --allow-uid and --record are about
      JSON-RPC alone. SIGTERM ends the server in good order: requests that have come are answered. SIGHUP has it
      open its log file anew.

      Example:
        flowtime-engine serve --data runs --http 127.0.0.1:8080 --socket
      """,
    run: runServe)
}

private func runServe(_ invocation: Invocation) throws(Stop) {
  let isOverRPC = invocation.has(.listen) || invocation.has(.stdio)
  guard invocation.has(.http) || isOverRPC else {
    throw .usage("serve: say where, with --http, --socket or --stdio")
  }
  if invocation.has(.listen), invocation.has(.stdio) {
    throw .usage("serve: choose one of --stdio and --socket")
  }
  if !isOverRPC,
    let option = [Option.idleExit, .allowUID, .recordFile].first(where: invocation.has)
  {
    throw .usage("serve: \(option.name) is about JSON-RPC, and only HTTP is served")
  }
  var address: TCPAddress?
  if invocation.has(.http) {
    let text = invocation[.http] ?? "127.0.0.1:8080"
    guard let read = TCPAddress(text) else {
      throw .usage(
        "serve: --http takes an address and a port, such as 127.0.0.1:8080, not '\(text)'")
    }
    address = read
  }
  let options = try ServeOptions(invocation)
  let limits = try invocation.limits(EngineServiceLimits())
  // Those of a daemon that ran before begin with this one.
  if let path = options.record.map({ invocation.has(.stdio) ? $0 : "\($0).1" }),
    FileSystem.exists(path)
  {
    throw .refused("--record: \(quoted(path)) is there already, and no recording replaces a file")
  }
  FreedMemory.keep(ServeMemory.freedByteCountMax)
  let log = try Log(
    options.log, program: Program.engine.name, lengthMax: limits.server.logBufferLengthMax)
  defer { log.finish() }
  let engine = try invocation.engine(limits: limits.run)
  let door = try address.map { address throws(Stop) in
    try HTTPDoor(
      address, engine, names: invocation.all(.hostName), isReadOnly: options.rights == .readOnly,
      log: log)
  }
  guard let door else { return try serveRPC(invocation, options, engine, limits, log) }
  guard isOverRPC else { return try serveHTTP(door, log) }
  let thread = try door.open()
  var end: Stop?
  do throws(Stop) { try serveRPC(invocation, options, engine, limits, log) } catch { end = error }
  door.close(thread)
  if let end { throw end }
}

/// Serves HTTP alone, until SIGTERM or SIGINT.
private func serveHTTP(_ door: HTTPDoor, _ log: Log) throws(Stop) {
  let signals = try refusing { () throws(SystemError) in
    try SignalWatch.start([.terminate, .interrupt, .hangUp])
  }
  let thread = try door.open()
  while true {
    let ready = try refusing { () throws(SystemError) in
      try Poll.wait(
        on: [(signals.number, .readable), (door.number, .readable)], timeout: nil)
    }
    if !ready[1].isEmpty { break }
    guard let signal = signals.next(), signal == .hangUp else { break }
    log.reopen()
  }
  door.close(thread)
}

private func refusing<Answer: ~Copyable>(
  _ steps: () throws(SystemError) -> Answer
) throws(Stop) -> Answer {
  do throws(SystemError) { return try steps() } catch { throw .refused(error.message) }
}

private func serveRPC(
  _ invocation: Invocation, _ options: ServeOptions, _ engine: Engine,
  _ limits: EngineServiceLimits, _ log: Log
) throws(Stop) {
  let start = SystemClock.monotonic()
  let surroundings = Service.Surroundings(
    now: engine.now, uptime: { SystemClock.monotonic() - start }, logLevel: log.level,
    log: { log.add($0) })
  let service = Service(EngineMethods(engine: engine, surroundings: surroundings, limits: limits))
  if invocation.has(.stdio) {
    try serveStandardStreams(service, options)
  } else {
    try serveSocket(invocation[.listen], service, options) { log.reopen() }
  }
}
