import Platform
import Server
import Synchronization

/// A client of the socket: its descriptor, and its conversation, which one thread at a time goes on with.
final class SocketConnection: Sendable {
  /// What a thread leaves when it turns to something else.
  enum State {
    /// Nothing is to be done before the client sends more.
    case quiet
    /// It needs a thread that has time for it.
    case busy
    case over
  }

  /// A thread of its own is kept for so long a silence.
  private static let patience = Duration.seconds(1)

  let descriptor: Descriptor
  private let conversation: Mutex<Conversation>
  private let writeSeconds: Int

  /// - Parameter writeSeconds: how long the client may take to read an answer, for the log.
  init(
    _ descriptor: consuming Descriptor, _ conversation: consuming sending Conversation,
    writeSeconds: Int
  ) {
    self.descriptor = descriptor
    self.conversation = Mutex(conversation)
    self.writeSeconds = writeSeconds
  }

  /// Reads once, as much as there is room for, and answers what is answered at once. Waits for nothing if there is
  /// something to read.
  func takeTurn(_ room: inout [UInt8]) -> State {
    conversation.withLock { conversation in
      state(&conversation) { conversation throws(SystemError) in
        try conversation.takeTurn(descriptor, &room)
      }
    }
  }

  /// Reads, answers and writes until one end has enough, or the client has been silent for a while.
  func converse() -> State {
    var room = Conversation.room
    return conversation.withLock { conversation in
      state(&conversation) { conversation throws(SystemError) in
        try descriptor.setReadTimeout(Self.patience)
        let ending = try conversation.run(descriptor, descriptor, room: &room, mayRest: true)
        return if case .quiet = ending { .quiet } else { .over }
      }
    }
  }

  private func state(
    _ conversation: inout Conversation,
    _ go: (inout Conversation) throws(SystemError) -> State
  ) -> State {
    do throws(SystemError) {
      let state = try go(&conversation)
      if state == .over {
        conversation.log(.debug, "connection-closed", "a connection is closed")
      }
      return state
    } catch {
      if error.isTimeout {
        conversation.log(
          .warning, "connection-closed",
          "a connection is closed: its client has not taken its answers for \(writeSeconds) s"
            + " (writeSecondsMax)")
      } else {
        // A client that goes without a word harms nobody but itself.
        conversation.log(
          error.isBrokenPipe ? .debug : .warning, "connection-closed",
          "a connection is closed: \(error.message)")
      }
      return .over
    }
  }
}
