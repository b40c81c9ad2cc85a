package import CommandLine
import Platform
package import Server

/// Serves one client over stdin and stdout until it says `exit`, closes its end or dies.
///
/// - Parameter options: what the client may ask for, and after how long a silence it is taken for gone.
/// - Throws: ``Stop`` if the client went without `shutdown`, or the streams failed.
package func serveStandardStreams(_ service: Service, _ options: ServeOptions) throws(Stop) {
  let ending: Conversation.Ending
  do throws(SystemError) {
    SignalWatch.ignoreWriteSignals()
    // From here on a stray write to descriptor 1 lands in stderr and never between two messages.
    let output = try StandardStream.output.takeAway()
    let input = try StandardStream.input.takeAway()
    var conversation = Conversation(
      service, try WorkPool(service.limits), rights: options.rights, watchesClient: true,
      writeTimeout: nil, idleExit: options.idleExit)
    if let path = options.record { try conversation.record(in: path) }
    var room = Conversation.room
    ending = try conversation.run(input, output, room: &room)
  } catch {
    throw error.isBrokenPipe ? .refused("the client closed its end") : .refused(error.message)
  }
  switch ending {
  case .closed, .clientGone, .quiet, .session(.exit(isOrderly: true)): return
  case .idle:
    service.surroundings.log(
      LogEvent(.info, "idle", "the client has been silent for too long (--idle-exit)"))
  // LSP: the process exits with 1 if `shutdown` did not come before `exit`.
  case .session(.exit(isOrderly: false)): throw Stop(status: .inputErrors, message: "")
  case .session(.streamBroken): throw .refused("the client's messages cannot be followed")
  }
}
