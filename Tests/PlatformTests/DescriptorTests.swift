import Glibc
import Synchronization
import Testing

@testable import Platform

/// Every byte that arrives, read `size` at a time, until the other end closes.
private func drain(_ descriptor: borrowing Descriptor, size: Int = 4096) throws -> [UInt8] {
  var room = [UInt8](repeating: 0, count: size)
  var all: [UInt8] = []
  while true {
    let count = try descriptor.read(into: &room)
    if count == 0 { return all }
    all += room[..<count]
  }
}

private func setNonBlocking(_ descriptor: borrowing Descriptor) {
  _ = fcntl(descriptor.number, F_SETFL, fcntl(descriptor.number, F_GETFL) | O_NONBLOCK)
}

/// More than any pipe or socket holds, and no two neighbouring blocks alike.
private let long = (0..<1_500_000).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) }

@Test(arguments: [false, true], [nil, Duration.seconds(60)])
func `all bytes arrive in order however they are cut`(isNonBlocking: Bool, timeout: Duration?)
  throws
{
  let pair = try UnixSocket.pair()
  let pipe = try Pipe()
  let (first, writing) = (pair.first.number, pipe.writing.number)
  if isNonBlocking {
    setNonBlocking(pair.first)
    setNonBlocking(pipe.writing)
    setNonBlocking(pair.second)
    setNonBlocking(pipe.reading)
  }
  // One number at a time: the values stay alive here until the writers have ended.
  for (from, to) in [(first, pair.second.number), (writing, pipe.reading.number)] {
    let failure = Shared<SystemError?>(nil)
    let writer = try Thread.Joinable(name: "writer") {
      do throws(SystemError) {
        try OpenNumber(from).writeAll(long.span, timeout: timeout)
      } catch {
        failure.value = error
      }
    }
    var room = [UInt8](repeating: 0, count: 65_537)
    var all: [UInt8] = []
    while all.count < long.count { all += room[..<(try OpenNumber(to).read(into: &room))] }
    writer.join()
    #expect(all == long)
    #expect(failure.value == nil)
  }
}

@Test func `a read overwrites the room from its start and tells the end by 0`() throws {
  let pair = try UnixSocket.pair()
  try pair.first.writeAll([1, 2, 3].span)
  pair.first.shutDown(.writing)
  var room: [UInt8] = [9, 9]
  #expect(try pair.second.read(into: &room) == 2)
  #expect(room == [1, 2])
  #expect(try pair.second.read(into: &room) == 1)
  #expect(room == [3, 2])
  #expect(try pair.second.read(into: &room) == 0)
}

@Test func `writing nothing is no error and writes nothing`() throws {
  let pair = try UnixSocket.pair()
  let nothing: [UInt8] = []
  #expect(try pair.first.write(nothing.span) == 0)
  try pair.first.writeAll(nothing.span)
  #expect(try Poll.wait(for: .readable, on: pair.second.number, timeout: .zero) == [])
}

@Test func `a full disk is an error and not a loss`() throws {
  let full = try FileSystem.openExisting("/dev/full", O_WRONLY)
  #expect(throws: SystemError(call: "write", code: ENOSPC)) { try full.writeAll([1].span) }
}

@Test func `reading what cannot be read is an error and not an end`() throws {
  let directory = try FileSystem.openExisting("/", O_RDONLY | O_DIRECTORY)
  var room: [UInt8] = [0]
  #expect(throws: SystemError(call: "read", code: EISDIR)) { try directory.read(into: &room) }
}

@Test func `a silent reader costs no more than the time-out`() throws {
  let pair = try UnixSocket.pair()
  let pipe = try Pipe()
  for number in [pair.first.number, pipe.writing.number] {
    let start = SystemClock.monotonic()
    let error = #expect(throws: SystemError.self) {
      try OpenNumber(number).writeAll(long.span, timeout: .milliseconds(20))
    }
    #expect(error?.isTimeout == true)
    #expect(SystemClock.monotonic() - start >= .milliseconds(20))
  }
}

@Test func `a read on another thread ends when the connection is shut down`() throws {
  let pair = try UnixSocket.pair()
  let number = pair.first.number
  let count = Shared<Int?>(nil)
  let reader = try Thread.Joinable(name: "reader") {
    var room: [UInt8] = [0]
    count.value = try? OpenNumber(number).read(into: &room)
  }
  pair.first.shutDown(.both)
  reader.join()
  #expect(count.value == 0)
}

@Test func `a descriptor closes when its value dies`() throws {
  let pipe = try Pipe()
  let copy = Descriptor(owning: fcntl(pipe.writing.number, F_DUPFD_CLOEXEC, 3))
  let reading = Descriptor(owning: fcntl(pipe.reading.number, F_DUPFD_CLOEXEC, 3))
  try copy.writeAll([7].span)
  copy.close()
  discardWriter(pipe)
  #expect(try drain(reading, size: 1) == [7])
}

private func discardWriter(_ pipe: consuming Pipe) {}

@Test func `a number can be given away and still be written to`() throws {
  let pipe = try Pipe()
  let log = try Pipe()
  let number = pipe.writing.number
  let taken = try Descriptor.moved(from: number, leaving: log.writing.number)
  try taken.writeAll([1].span)
  try pipe.writing.writeAll([2].span)
  var room: [UInt8] = [0, 0]
  #expect(try pipe.reading.read(into: &room) == 1)
  #expect(room[0] == 1)
  #expect(try log.reading.read(into: &room) == 1)
  #expect(room[0] == 2)
}

@Test func `a reader that is gone is an error and not the end of the process`() async {
  await #expect(processExitsWith: .success) {
    SignalWatch.ignoreWriteSignals()
    let pipe = try Pipe()
    let number = pipe.writing.number
    let writing = Descriptor(owning: fcntl(number, F_DUPFD_CLOEXEC, 3))
    discardWriter(pipe)
    #expect(throws: SystemError(call: "write", code: EPIPE)) { try writing.writeAll([1].span) }
  }
}

@Test func `a peer that is gone is an error even without ignoring signals`() throws {
  let ends = try UnixSocket.pair()
  let writing = Descriptor(owning: fcntl(ends.first.number, F_DUPFD_CLOEXEC, 3))
  discardPair(ends)
  let error = #expect(throws: SystemError.self) { try writing.writeAll([1].span) }
  #expect(error?.isBrokenPipe == true)
}

private func discardPair(_ pair: consuming UnixSocket.Pair) {}

private let interruptions = Atomic<Int>(0)

@Test func `signals do not end a read, a write or a wait`() async {
  await #expect(processExitsWith: .success) {
    // Tests run on threads that block all signals, and a thread starts with its maker's mask.
    var none = sigset_t()
    _ = unsafe pthread_sigmask(SIG_SETMASK, &none, nil)
    // Without SA_RESTART every blocking call on the thread answers EINTR.
    var action = sigaction()
    unsafe action.__sigaction_handler.sa_handler = { _ in
      interruptions.add(1, ordering: .relaxed)
    }
    _ = interruptions.load(ordering: .relaxed)
    _ = unsafe sigaction(SIGUSR1, &action, nil)

    let input = try UnixSocket.pair()
    let output = try UnixSocket.pair()
    let (inner, outer) = (input.first.number, output.first.number)
    let failure = Shared<SystemError?>(nil)
    let tid = ThreadNumber()
    let worker = try Thread.Joinable(name: "worker") {
      do throws(SystemError) {
        tid.announce()
        var room: [UInt8] = [0]
        _ = try OpenNumber(inner).read(into: &room)
        let ready = try Poll.wait(for: .readable, on: inner, timeout: .seconds(60))
        if ready.isEmpty { throw SystemError(call: "poll", code: ETIMEDOUT) }
        try OpenNumber(outer).writeAll(long.span, timeout: nil)
      } catch {
        failure.value = error
      }
      tid.retire()
      _ = shutdown(outer, Int32(SHUT_RDWR))
    }
    // Three blocking calls: read and poll end by a byte each, write by its reader.
    for _ in 0..<2 {
      tid.interruptWhileAsleep()
      try input.second.writeAll([1].span)
    }
    tid.interruptWhileAsleep()
    var room = [UInt8](repeating: 0, count: 65_536)
    var count = 0
    while true {
      let arrived = try output.second.read(into: &room)
      if arrived == 0 { break }
      count += arrived
    }
    worker.join()
    #expect(count == long.count)
    #expect(failure.value == nil)
    #expect(interruptions.load(ordering: .relaxed) >= 3)
  }
}

/// A thread that can be sent a signal at the moment it blocks.
private final class ThreadNumber: Sendable {
  private let thread = Mutex<(pthread_t, String)?>(nil)
  private let isRetired = Atomic<Bool>(false)

  func announce() {
    let place = (try? FileSystem.linkTarget("/proc/thread-self")) ?? ""
    thread.withLock { $0 = (pthread_self(), "/proc/" + place) }
  }

  func retire() {
    isRetired.store(true, ordering: .releasing)
  }

  /// Sends SIGUSR1 once the kernel shows the thread asleep, and returns when the handler has run.
  func interruptWhileAsleep() {
    let before = interruptions.load(ordering: .relaxed)
    let end = SystemClock.monotonic() + .seconds(60)
    while SystemClock.monotonic() < end, !isRetired.load(ordering: .acquiring) {
      sched_yield()
      guard let (handle, place) = thread.withLock({ $0 }) else { continue }
      let line = (try? FileSystem.readFile(place + "/stat", lengthMax: 4096)) ?? []
      guard String(decoding: line, as: UTF8.self).contains(") S ") else { continue }
      _ = pthread_kill(handle, SIGUSR1)
      while interruptions.load(ordering: .relaxed) == before, SystemClock.monotonic() < end {
        sched_yield()
      }
      return
    }
    Issue.record("the thread did not fall asleep")
  }
}
