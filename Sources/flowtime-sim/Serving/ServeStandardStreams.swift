import Platform
import Server

/// Serves one client over stdin and stdout until it says `exit`, closes its end or dies.
///
/// - Throws: ``Stop`` if the client went without `shutdown`, or the streams failed.
func serveStandardStreams(_ service: Service) throws(Stop) {
  let ending: Session.Ending?
  do throws(SystemError) {
    ending = try converse(service)
  } catch {
    throw error.isBrokenPipe ? .refused("the client closed its end") : .refused(error.message)
  }
  switch ending {
  case nil, .exit(isOrderly: true): return
  // LSP: the process exits with 1 if `shutdown` did not come before `exit`.
  case .exit(isOrderly: false): throw Stop(status: .inputErrors, message: "")
  case .streamBroken: throw .refused("the client's messages cannot be followed")
  }
}

/// Reads, answers and writes.
///
/// - Returns: how the client ended the conversation; nil where it closed its end or died.
private func converse(_ service: Service) throws(SystemError) -> Session.Ending? {
  SignalWatch.ignoreWriteSignals()
  // From here on a stray write to descriptor 1 lands in stderr and never between two messages.
  let output = try StandardStream.output.takeAway()
  let input = try StandardStream.input.takeAway()
  var session = Session(service)
  var room = [UInt8](repeating: 0, count: 65_536)
  var client: ProcessWatch?
  var isClientKnown = false
  while session.ending == nil {
    // A client that dies may leave its end of the pipe to a child; its process id tells.
    if let client {
      let events = try Poll.wait(for: .readable, on: input.number, timeout: .seconds(1))
      if events.isEmpty {
        if client.isAlive { continue }
        service.surroundings.log("the client, process \(client.processID), is gone")
        return nil
      }
    }
    let count = try input.read(into: &room)
    if count == 0 { session.finish() } else { session.receive(room.span.extracting(0..<count)) }
    // Before the client has its answer, so that one that dies right after is missed no less.
    if !isClientKnown, let processID = session.clientProcessID.flatMap({ Int32(exactly: $0) }) {
      isClientKnown = true
      // An id that is not alive here belongs to another machine or container, and says nothing.
      client = ProcessWatch(processID: processID)
    }
    repeat {
      let bytes = session.takeOutput()
      if !bytes.isEmpty { try output.writeAll(bytes.span) }
    } while session.resume()
    if count == 0 { break }
  }
  return session.ending
}
