import Platform
import Synchronization

/// What all runs at a time may hold of something together, such as numbers.
///
/// Whoever wants to hold some waits behind those that came before. What is next to nothing of the room waits for nobody.
package final class Room: Sendable {
  /// A part of a room; it is free again when nobody refers to it any more.
  package final class Share: Sendable {
    private let room: Room
    private let amount: Int

    fileprivate init(_ amount: Int, of room: Room) {
      self.amount = amount
      self.room = room
    }

    deinit { room.change { $0.held -= amount } }
  }

  /// Somebody who waits, and is woken when it is worth another look.
  private final class Guest: Sendable {
    let pipe: WakePipe

    init() throws(SystemError) { pipe = try WakePipe() }
  }

  private struct State {
    var held = 0
    /// In the order in which they came.
    var waiting: [Guest] = []
  }

  /// At least 1.
  package let size: Int
  private let state = Mutex(State())

  package init(_ size: Int) {
    self.size = max(1, size)
  }

  /// How much is held.
  package var held: Int { state.withLock { $0.held } }

  /// How many wait.
  package var waitingCount: Int { state.withLock { $0.waiting.count } }

  /// The part of a room that never waits: its 256th, so that so many at a time are no more than another room.
  private static let partAtOnce = 256

  /// How often a wait asks whether anybody wants its end still.
  private static let patience = Duration.milliseconds(100)

  /// A part of the room, all of it where more is wanted than there is.
  ///
  /// - Parameters:
  ///   - amount: At least 0.
  ///   - time: How long it may take to get it.
  ///   - goesOn: False ends the wait.
  /// - Throws: ``EngineFailure``: `busy`, `stopped`.
  package func share(
    _ amount: Int, within time: Duration, goesOn: () -> Bool
  ) throws(EngineFailure) -> Share {
    let amount = min(amount, size)
    let isLittle = amount <= size / Self.partAtOnce
    if enter(amount, when: { $0.waiting.isEmpty && $0.held <= size - amount || isLittle }) {
      return Share(amount, of: self)
    }
    // Without a descriptor to spare there is too much going on as well.
    guard let guest = try? Guest() else { throw .busy }
    state.withLock { $0.waiting.append(guest) }
    defer { change { state in state.waiting.removeAll { $0 === guest } } }
    let deadline = SystemClock.monotonic() + time
    while true {
      if enter(amount, when: { $0.waiting.first === guest && $0.held <= size - amount }) {
        return Share(amount, of: self)
      }
      let rest = deadline - SystemClock.monotonic()
      guard goesOn() else { throw .stopped }
      guard rest > .zero,
        let ready = try? Poll.wait(
          for: .readable, on: guest.pipe.number, timeout: min(rest, Self.patience))
      else { throw .busy }
      if !ready.isEmpty { try? guest.pipe.clear() }
    }
  }

  private func enter(_ amount: Int, when isFree: (State) -> Bool) -> Bool {
    state.withLock { state in
      guard isFree(state) else { return false }
      state.held += amount
      return true
    }
  }

  /// Whoever is first then looks again.
  private func change(_ body: (inout State) -> Void) {
    let first = state.withLock { state in
      body(&state)
      return state.waiting.first
    }
    first?.pipe.wake()
  }
}
