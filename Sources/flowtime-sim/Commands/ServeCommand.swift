import CommandLine
import Operations
import Platform
import Server

extension Option {
  static let stdio = Option(
    "--stdio", help: "serve one client over stdin and stdout, as editors do")
  static let listen = Option(
    "--socket", value: .optional("PATH"),
    help:
      "serve any number of clients over a Unix socket; default $XDG_RUNTIME_DIR/flowtime-sim/daemon.sock"
  )
  static let limit = Option(
    "--limit", value: .required("NAME=NUMBER"),
    help: "change a bound that 'status' lists; may be repeated")
  static let idleExit = Option(
    "--idle-exit", value: .required("SECONDS"),
    help: "end when there has been no client on the socket, or no word over stdio, for so long")
  static let allowUID = Option(
    "--allow-uid", value: .required("USER"),
    help:
      "let a user connect, by number or name, beside the one who runs the daemon; USER:read-only as with --read-only; may be repeated"
  )
  static let readOnly = Option(
    "--read-only", help: "refuse what writes to every client; no method of this version does")
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

/// What a server holds on to between messages.
enum ServeMemory {
  /// Enough for the tree of a message of two megabytes, and not so much that one large message makes the process large
  /// for good.
  static let freedByteCountMax = 8 << 20
}

private func runServe(_ invocation: Invocation) throws(Stop) {
  guard invocation.has(.stdio) != invocation.has(.listen) else {
    throw .usage("serve: choose one of --stdio and --socket")
  }
  let options = try ServeOptions(invocation)
  // Those of a daemon that ran before begin with this one.
  if let path = options.record.map({ invocation.has(.stdio) ? $0 : "\($0).1" }),
    FileSystem.exists(path)
  {
    throw .refused("--record: \(quoted(path)) is there already, and no recording replaces a file")
  }
  FreedMemory.keep(ServeMemory.freedByteCountMax)
  let watch = DirectoryWatch.ofTemplates(invocation, options)
  let log = try Log(options.log, lengthMax: options.limits.logBufferLengthMax)
  defer { log.finish() }
  let service = Service.local(
    invocation, limits: options.limits, logLevel: log.level, log: { log.add($0) })
  let reload = TemplateReload(service) {
    Snapshot.local(
      invocation, options.limits, after: $0, log: service.surroundings.log(_:))
  }
  if let watch { reload.begin(watch) }
  if invocation.has(.stdio) {
    try serveStandardStreams(service, options)
  } else {
    try serveSocket(invocation[.listen], service, options) {
      log.reopen()
      reload(isAsked: true)
    }
  }
}
