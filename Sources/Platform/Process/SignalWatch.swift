import Glibc
import Synchronization

/// The end of the pipe that the signal handler writes to; -1 while nobody watches.
private let wakeNumber = Atomic<Int32>(-1)

/// Writes the signal's number into the pipe. Only `write` is called, which signal-safety(7) allows.
private func note(_ signal: Int32) {
  let code = errno
  var byte = UInt8(truncatingIfNeeded: signal)
  // What fails once is tried again: whoever sent the signal sends it once. A full pipe already wakes the reader.
  for _ in 0..<16 {
    if unsafe Glibc.write(wakeNumber.load(ordering: .relaxed), &byte, 1) >= 0 { break }
    if errno == EAGAIN { break }
  }
  errno = code  // the interrupted code may be about to read it
}

/// Turns signals into bytes on a pipe, so that a loop can wait for them beside its descriptors.
///
/// The thread that starts the watch lets the signals in; it has to outlive the watch. Signals belong to the whole
/// process, so there is one watch at a time. When the value dies, the signals do again what
/// they did before.
package struct SignalWatch: ~Copyable {
  package enum Signal: Hashable, Sendable, CaseIterable {
    /// SIGTERM: end in good order.
    case terminate
    /// SIGINT: a user's Ctrl-C.
    case interrupt
    /// SIGHUP: read the configuration again.
    case hangUp

    fileprivate var number: Int32 {
      switch self {
      case .terminate: SIGTERM
      case .interrupt: SIGINT
      case .hangUp: SIGHUP
      }
    }
  }

  private let pipe: Pipe
  private let before: [(signal: Signal, action: sigaction)]

  private init(_ pipe: consuming Pipe, _ before: [(signal: Signal, action: sigaction)]) {
    self.pipe = pipe
    self.before = before
  }

  /// - Throws: ``SystemError``, and no signal is watched; `EBUSY` while another watch lives.
  package static func start(
    _ signals: [Signal] = Signal.allCases
  ) throws(SystemError) -> SignalWatch {
    let pipe = try Pipe()
    for number in [pipe.reading.number, pipe.writing.number] {
      try SystemCall.run("fcntl") { fcntl(number, F_SETFL, O_NONBLOCK) }
    }
    let isFirst = wakeNumber.compareExchange(
      expected: -1, desired: pipe.writing.number, ordering: .sequentiallyConsistent
    ).exchanged
    guard isFirst else { throw SystemError(call: "sigaction", code: EBUSY) }
    ignoreWriteSignals()
    // A process inherits the mask of whoever started it, and a blocked signal would wait for ever.
    var watched = sigset_t()
    for signal in signals { _ = unsafe sigaddset(&watched, signal.number) }
    _ = unsafe pthread_sigmask(SIG_UNBLOCK, &watched, nil)
    let before = signals.map { signal in
      var action = sigaction()
      unsafe action.__sigaction_handler.sa_handler = note
      action.sa_flags = SA_RESTART
      var old = sigaction()
      unsafe sigaction(signal.number, &action, &old)
      return (signal, old)
    }
    return SignalWatch(pipe, before)
  }

  deinit {
    for entry in before {
      var action = entry.action
      _ = unsafe sigaction(entry.signal.number, &action, nil)
    }
    wakeNumber.store(-1, ordering: .sequentiallyConsistent)
  }

  /// Becomes readable when a signal has arrived; for ``Poll``.
  package var number: Int32 { pipe.reading.number }

  /// The oldest signal that has arrived and was not yet taken; nil when there is none. Never waits.
  package borrowing func next() -> Signal? {
    var byte: UInt8 = 0
    while true {
      let count = unsafe Glibc.read(number, &byte, 1)
      if count == 1 { return Signal.allCases.first { $0.number == Int32(byte) } }
      if count == 0 || errno != EINTR { return nil }
    }
  }

  /// A write that has no reader, or that grows a file beyond its limit, becomes an error instead of the process's end.
  package static func ignoreWriteSignals() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }
}
