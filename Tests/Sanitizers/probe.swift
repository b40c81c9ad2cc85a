import Glibc
import Synchronization

// A program with the mistake that a sanitizer is to find, and without it: `probe thread|address right|wrong`. Built and run by
// Tests/Sanitizers/run, or a clean run of the tests would say nothing.

/// What threads share.
final class Shared: @unchecked Sendable {
  let guarded = Mutex<[Int]>([])
  var open = 0
}

/// Four threads that wait for one another at a mutex, most of the time, and then touch a value without one.
func share(isWrong: Bool) {
  let shared = Shared()
  let threads = (0..<4).map { _ in
    start {
      for number in 0..<20_000 {
        shared.guarded.withLock { numbers in
          if numbers.count == 100 { numbers = [] }
          numbers.append(number)
        }
        if isWrong { shared.open += 1 }
      }
    }
  }
  for thread in threads { pthread_join(thread, nil) }
}

func start(_ body: @escaping @Sendable () -> Void) -> pthread_t {
  final class Start: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
  var thread = pthread_t()
  pthread_create(
    &thread, nil,
    { start in
      if let start { Unmanaged<Start>.fromOpaque(start).takeRetainedValue().body() }
      return nil
    }, Unmanaged.passRetained(Start(body)).toOpaque())
  return thread
}

/// Reads a byte of memory, which may have been given back.
func read(isWrong: Bool) {
  let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: 64)
  bytes.initialize(repeating: 1, count: 64)
  if isWrong { bytes.deallocate() }
  if bytes[7] == 2 { print("another byte") }
  if !isWrong { bytes.deallocate() }
}

let isWrong = CommandLine.arguments.last == "wrong"
if CommandLine.arguments.contains("thread") {
  share(isWrong: isWrong)
} else {
  read(isWrong: isWrong)
}
