import Platform
import Testing

@Test func `a wake before the wait is not missed, and many are one`() throws {
  let wake = try WakePipe()
  #expect(try Poll.wait(for: .readable, on: wake.number, timeout: .zero) == [])
  for _ in 0..<200 { wake.wake() }
  #expect(try Poll.wait(for: .readable, on: wake.number, timeout: nil) == .readable)
  try wake.clear()
  #expect(try Poll.wait(for: .readable, on: wake.number, timeout: .zero) == [])
}

@Test func `nobody who wakes ever waits`() throws {
  let wake = try WakePipe()
  for _ in 0..<100_000 { wake.wake() }
  try wake.wait()
}

private final class Waker: Sendable {
  let pipe: WakePipe

  init() throws { pipe = try WakePipe() }
}

@Test func `each wake ends one wait`() throws {
  let wake = try Waker()
  let done = try Waker()
  for _ in 0..<2 {
    try Thread.spawn(name: "waiting") {
      try? wake.pipe.wait()
      done.pipe.wake()
    }
  }
  for _ in 0..<2 {
    wake.pipe.wake()
    try done.pipe.wait()
  }
  #expect(try Poll.wait(for: .readable, on: done.pipe.number, timeout: .zero) == [])
}

@Test func `there is a processor`() {
  #expect(Processors.count >= 1)
}
