import CommandLine
import EngineHTTP
import EngineOperations
import HTTPServing
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
}

extension Command {
  static let serve = Command(
    name: "serve", summary: "Run models and answer for runs until the user has enough.",
    usage: "[--data DIR] --http [ADDRESS]", operandCountMax: 0,
    options: [.data, .http, .hostName, .logLevel, .logFormat, .logFile],
    notes: """
      HTTP is for this machine: nobody is asked who they are, so serve another address than loopback only behind
      what does. The paths are those of docs/reference/http.md. SIGTERM ends the server in good order: requests that
      have come are answered.

      Example:
        flowtime-engine serve --data runs --http 127.0.0.1:8080
      """,
    run: runServe)
}

private func runServe(_ invocation: Invocation) throws(Stop) {
  guard invocation.has(.http) else { throw .usage("serve: say where, with --http") }
  let text = invocation[.http] ?? "127.0.0.1:8080"
  guard let address = TCPAddress(text) else {
    throw .usage("serve: --http takes an address and a port, such as 127.0.0.1:8080, not '\(text)'")
  }
  let settings = try Log.Settings(invocation)
  FreedMemory.keep(ServeMemory.freedByteCountMax)
  let log = try Log(
    settings, program: Program.engine.name, lengthMax: Limits().logBufferLengthMax)
  defer { log.finish() }
  let engine = try invocation.engine()
  let door = EngineDoor(engine)
  do throws(SocketFailure) {
    let listener = try TCPListener.open(address)
    if !address.isLoopback {
      log.add(
        LogEvent(.warning, "address", "\(address.text) is no loopback address: others may ask too"))
    }
    let signals = try SocketFailure.wrapping { () throws(SystemError) in
      try SignalWatch.start([.terminate, .interrupt])
    }
    let server = try SocketFailure.wrapping { () throws(SystemError) in
      try HTTPServer(
        policy: HostPolicy(names: invocation.all(.hostName)),
        log: { log.add(LogEvent(.warning, "http", $0)) }
      ) { request, goesOn in
        door.respond(to: request) { _ in goesOn() }
      }
    }
    log.add(LogEvent(.info, "listening", "listening on http://\(listener.address.text)"))
    try server.serve(listener, until: signals.number)
  } catch {
    throw .refused(error.message)
  }
}
