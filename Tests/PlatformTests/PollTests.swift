import Glibc
import Platform
import Testing

@Test func `a wait tells what happened to each descriptor in their order`() throws {
  let quiet = try Pipe()
  let busy = try Pipe()
  let gone = try Pipe()
  try busy.writing.writeAll([1].span)
  let reading = Descriptor(owning: fcntl(gone.reading.number, F_DUPFD_CLOEXEC, 3))
  discard(gone)
  let events = try Poll.wait(
    on: [
      (quiet.reading.number, .readable), (busy.reading.number, .readable),
      (quiet.writing.number, [.readable, .writable]), (reading.number, .readable),
      (-1, .readable), (999_999_999, .readable),
    ], timeout: nil)
  #expect(events == [[], .readable, .writable, .hungUp, [], .invalid])
}

private func discard(_ pipe: consuming Pipe) {}

@Test(arguments: [
  Duration.zero, .microseconds(1), .microseconds(1500), .milliseconds(10), .seconds(-1),
])
func `a wait without events ends empty and not before its time`(timeout: Duration) throws {
  let pipe = try Pipe()
  let start = SystemClock.monotonic()
  #expect(try Poll.wait(for: .readable, on: pipe.reading.number, timeout: timeout) == [])
  #expect(try Poll.wait(on: [], timeout: timeout) == [])
  #expect(SystemClock.monotonic() - start >= max(timeout * 2, .zero))
}

@Test(arguments: [Duration.seconds(Int64.max), .seconds(1_000_000), .seconds(40_000_000)])
func `no time-out is too long`(timeout: Duration) throws {
  let pipe = try Pipe()
  try pipe.writing.writeAll([1].span, timeout: timeout)
  #expect(try Poll.wait(for: .readable, on: pipe.reading.number, timeout: timeout) == .readable)
}
