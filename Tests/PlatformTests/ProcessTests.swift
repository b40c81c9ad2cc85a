import Glibc
import Testing

@testable import Platform

@Test func `the environment tells a value, an empty value and none apart`() async {
  await #expect(processExitsWith: .success) {
    _ = unsafe setenv("FLOWTIME_TEST", "é=1", 1)
    _ = unsafe setenv("FLOWTIME_EMPTY", "", 1)
    #expect(Environment.value(of: "FLOWTIME_TEST") == "é=1")
    #expect(Environment.value(of: "FLOWTIME_EMPTY") == "")
    #expect(Environment.value(of: "FLOWTIME_ABSENT") == nil)
  }
}

@Test func `the process knows itself`() throws {
  #expect(Environment.processID == getpid())
  #expect(Environment.parentProcessID == getppid())
  #expect(Environment.userID == geteuid())
  #expect(Environment.arguments == CommandLine.arguments)
  let path = try #require(Environment.executablePath)
  #expect(FileSystem.kind(path) == .regular)
  #expect(try FileSystem.canonicalPath(path) == path)
}

@Test func `the clock agrees with the system's`() {
  let before = Int64(time(nil))
  let now = SystemClock.microsecondsSinceEpoch()
  let after = Int64(time(nil))
  // time() may lag behind by one tick of the timer.
  #expect(now >= before * 1_000_000)
  #expect(now < (after + 2) * 1_000_000)
}

@Test func `the monotonic clock does not go back`() {
  var last = SystemClock.monotonic()
  for _ in 0..<1000 {
    let now = SystemClock.monotonic()
    #expect(now >= last)
    last = now
  }
}

@Test func `a process that lives is told from one that has ended`() throws {
  #expect(ProcessWatch.isAlive(getpid()))
  #expect(ProcessWatch(processID: getpid())?.isAlive == true)
  for number: Int32 in [0, -1, -getpid(), .max] {
    #expect(!ProcessWatch.isAlive(number), "process \(number)")
    #expect(ProcessWatch(processID: number) == nil)
  }
}

@Test func `a process that has ended counts as gone before its parent asks for it`() throws {
  let block = try Pipe()
  let child = try spawnCat(reading: block.reading.number)
  let watch = try #require(ProcessWatch(processID: child))
  #expect(watch.isAlive)
  discard(block)
  var information = unsafe siginfo_t()
  _ = unsafe waitid(P_PID, id_t(child), &information, WEXITED | WNOWAIT)
  #expect(!watch.isAlive)
  #expect(!ProcessWatch.isAlive(child))
  _ = waitpid(child, nil, 0)
  #expect(!watch.isAlive)
}

private func discard(_ pipe: consuming Pipe) {}

/// Starts a program that lives until the pipe behind `input` is closed, and that is not waited for.
private func spawnCat(reading input: Int32) throws -> Int32 {
  var actions = unsafe posix_spawn_file_actions_t()
  _ = unsafe posix_spawn_file_actions_init(&actions)
  defer { _ = unsafe posix_spawn_file_actions_destroy(&actions) }
  _ = unsafe posix_spawn_file_actions_adddup2(&actions, input, 0)
  let name = unsafe strdup("cat")
  defer { unsafe free(name) }
  var arguments = unsafe [name, nil]
  var child: pid_t = 0
  let code = unsafe posix_spawnp(&child, "cat", &actions, nil, &arguments, environ)
  if code != 0 { throw SystemError(call: "posix_spawn", path: "cat", code: code) }
  return child
}

@Test func `a joined thread has run, under its name`() throws {
  let name = Shared("")
  let thread = try Thread.Joinable(name: "a name that is cut") {
    let bytes = (try? FileSystem.readFile("/proc/thread-self/comm", lengthMax: 64)) ?? []
    name.value = String(decoding: bytes, as: UTF8.self)
  }
  thread.join()
  #expect(name.value == "a name that is \n")
}

@Test func `a detached thread runs beside its maker and keeps what it was given`() throws {
  let pipe = try Pipe()
  let pair = try UnixSocket.pair()
  try Thread.spawn(name: "echo") { [number = pair.second.number, writing = pipe.writing.number] in
    var room = [UInt8](repeating: 0, count: 8)
    let count = (try? OpenNumber(number).read(into: &room)) ?? 0
    try? OpenNumber(writing).writeAll(Array(room[..<count]).span, timeout: nil)
  }
  #expect(Thread.liveCount >= 1)
  try pair.first.writeAll([1, 2].span)
  var room = [UInt8](repeating: 0, count: 8)
  #expect(try pipe.reading.read(into: &room) == 2)
}

@Test(arguments: [1, 1 << 60])
func `a thread that cannot be made is an error and its body never runs`(stackSize: Int) {
  let hasRun = Shared(false)
  let error = #expect(throws: SystemError.self) {
    try Thread.spawn(name: "x", stackSize: stackSize) { hasRun.value = true }
  }
  #expect(error?.call == "pthread_create")
  #expect(!hasRun.value)
}

@Test func `a thread has the stack it was promised`() throws {
  let thread = try Thread.Joinable(name: "deep", stackSize: 64 << 20) {
    #expect(depth(9_000) == 9_000)
  }
  thread.join()
}

/// Uses at least 1 KiB of stack a level: 9,000 are more than the usual 8 MiB, and fewer than the 65,536 calls within one
/// another that the thread sanitizer has room for.
@inline(never) private func depth(_ levels: Int) -> Int {
  unsafe withUnsafeTemporaryAllocation(byteCount: 1_024, alignment: 1) { _ in
    levels == 0 ? 0 : 1 + depth(levels - 1)
  }
}

@Test func `signals arrive as values in their order, and waits see them`() async {
  await #expect(processExitsWith: .success) {
    let watch = try SignalWatch.start()
    #expect(watch.next() == nil)
    for (number, signal) in [
      (SIGHUP, SignalWatch.Signal.hangUp), (SIGTERM, .terminate), (SIGINT, .interrupt),
    ] {
      _ = kill(getpid(), number)
      #expect(
        try Poll.wait(for: .readable, on: watch.number, timeout: .seconds(60)) == .readable)
      #expect(watch.next() == signal)
      #expect(watch.next() == nil)
    }
  }
}

@Test func `more signals than the pipe holds block nobody`() async {
  await #expect(processExitsWith: .success) {
    let watch = try SignalWatch.start([.hangUp])
    for _ in 0..<70_000 { _ = raise(SIGHUP) }
    #expect(watch.next() == .hangUp)
  }
}

@Test func `there is one watch at a time, and the next may follow`() async {
  await #expect(processExitsWith: .success) {
    do {
      let watch = try SignalWatch.start()
      #expect(throws: SystemError(call: "sigaction", code: EBUSY)) {
        let second = try SignalWatch.start()
        _ = second.number
      }
      _ = raise(SIGTERM)
      #expect(watch.next() == .terminate)
    }
    let next = try SignalWatch.start()
    _ = raise(SIGHUP)
    #expect(next.next() == .hangUp)
  }
}

@Test func `after a watch signals do what they did before`() async {
  await #expect(processExitsWith: .signal(SIGTERM)) {
    do { _ = try SignalWatch.start().number }
    _ = raise(SIGTERM)
  }
}

@Test func `the process ends at once with the status it is given`() async {
  await #expect(processExitsWith: .exitCode(3)) { exitProcess(3) }
}

@Test func `a stray print does not reach a stream that was taken away`() async throws {
  let result = await #expect(
    processExitsWith: .exitCode(0), observing: [\.standardOutputContent]
  ) {
    let output = try StandardStream.output.takeAway()
    try StandardStream.output.writeAll(Array("<stray>".utf8).span)
    try output.writeAll(Array("<protocol>".utf8).span)
    exitProcess(0)
  }
  let bytes = try #require(result).standardOutputContent
  let text = String(decoding: bytes, as: UTF8.self)
  #expect(text.contains("<protocol>"))
  #expect(!text.contains("<stray>"))
}
