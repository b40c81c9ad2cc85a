import CommandLine
import Serving

extension Option {
  static let bridged = Option(
    "--socket", value: .required("PATH"),
    help: "the daemon's socket; default $XDG_RUNTIME_DIR/flowtime-sim/daemon.sock")
}

extension Command {
  static let connect = Command(
    name: "connect",
    summary: "Join stdin and stdout to the daemon on a socket; start it if there is none.",
    usage: "[--socket PATH]", operandCountMax: 0,
    options: [.bridged, .patience] + DaemonStart.simOptions + [.readOnly],
    notes: """
      For editors that know stdio alone: several of them share one daemon. Bytes are passed on as they are. A daemon that
      is started so goes on by itself and ends after \(DaemonStart.idleExitDefault) s without a client, unless --idle-exit says otherwise; its
      notices go to the file PATH.log. One that runs already keeps the options that it was started with.

      Example:
        printf '{"jsonrpc":"2.0","id":1,"method":"status"}\\n' | flowtime-sim connect
      """,
    run: runConnect)
}

extension DaemonStart {
  /// What is passed on to the daemon.
  fileprivate static let simOptions: [Option] = [.templates, .watch] + options
}

private func runConnect(_ invocation: Invocation) throws(Stop) {
  // Told here, and not in a log that nobody looks at.
  _ = try SimServeOptions(invocation)
  let start = try DaemonStart(
    invocation, of: Program.sim.name, path: invocation[.bridged], passing: DaemonStart.simOptions)
  let connection = try start.connect()
  try bridgeStandardStreams(to: connection, start.path)
}
