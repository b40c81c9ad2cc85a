import CommandLine
import Operations
import Platform
import Server
import Serving
import SimMethods

extension Option {
  static let listen = Option(
    "--socket", value: .optional("PATH"),
    help:
      "serve any number of clients over a Unix socket; default $XDG_RUNTIME_DIR/flowtime-sim/daemon.sock"
  )
  static let readOnly = Option(
    Option.readOnlyName, help: "refuse what writes to every client; no method of this version does")
}

extension Command {
  static let serve = Command(
    name: "serve", summary: "Answer JSON-RPC until the client or the user has enough.",
    usage: "--stdio | --socket [PATH]", operandCountMax: 0,
    options: [
      .stdio, .listen, .templates, .watch, .logLevel, .logFormat, .logFile, .limit, .idleExit,
      .allowUID, .readOnly, .recordFile,
    ],
    notes: """
      Messages are framed as in the language server protocol (Content-Length), or are one line of JSON each: the
      first byte decides. Templates are read again when they change. SIGTERM ends a daemon on a socket in good order,
      SIGHUP makes it read its templates again.
      Without XDG_RUNTIME_DIR the socket is /tmp/flowtime-sim-UID/daemon.sock.

      Example:
        printf '{"jsonrpc":"2.0","id":1,"method":"status"}\\n' | flowtime-sim serve --stdio
      """,
    run: runServe)
}

private func runServe(_ invocation: Invocation) throws(Stop) {
  guard invocation.has(.stdio) != invocation.has(.listen) else {
    throw .usage("serve: choose one of --stdio and --socket")
  }
  let simOptions = try SimServeOptions(invocation)
  let options = simOptions.serve
  // Those of a daemon that ran before begin with this one.
  if let path = options.record.map({ invocation.has(.stdio) ? $0 : "\($0).1" }),
    FileSystem.exists(path)
  {
    throw .refused("--record: \(quoted(path)) is there already, and no recording replaces a file")
  }
  FreedMemory.keep(ServeMemory.freedByteCountMax)
  let watch = DirectoryWatch.ofTemplates(invocation, watch: simOptions.watch)
  let log = try Log(
    options.log, program: Program.sim.name, lengthMax: simOptions.limits.server.logBufferLengthMax)
  defer { log.finish() }
  let templates = SimService.local(
    invocation, limits: simOptions.limits, logLevel: log.level, log: { log.add($0) })
  let reload = TemplateReload(templates) {
    Snapshot.local(
      invocation, simOptions.limits, after: $0, log: templates.surroundings.log(_:))
  }
  if let watch { reload.begin(watch) }
  let service = Service(templates)
  if invocation.has(.stdio) {
    try serveStandardStreams(service, options)
  } else {
    try serveSocket(invocation[.listen], service, options) {
      log.reopen()
      reload(isAsked: true)
    }
  }
}
