import Glibc
import Synchronization

/// Threads of the system, for loops that block.
package enum Thread {
  /// Enough for the deepest recursion that the parsers' depth limits allow.
  package static let stackSizeDefault = 8 << 20

  private static let live = Atomic<Int>(0)

  /// How many threads started here have not ended.
  package static var liveCount: Int { live.load(ordering: .acquiring) }

  /// Runs `body` on a new thread, which ends with it and is waited for by nobody.
  ///
  /// - Parameters:
  ///   - name: Shown by `ps -L` and debuggers, its first 15 bytes.
  ///   - stackSize: In bytes. Reserved, and used only as far as `body` needs.
  /// - Throws: ``SystemError``, and `body` never runs: the system has no more threads or memory to give.
  package static func spawn(
    name: String, stackSize: Int = stackSizeDefault, body: @escaping @Sendable () -> Void
  ) throws(SystemError) {
    let thread = try start(name, stackSize, body)
    _ = pthread_detach(thread)
  }

  /// A thread whose end can be waited for.
  package struct Joinable: ~Copyable {
    private let thread: pthread_t

    /// See ``Thread/spawn(name:stackSize:body:)``.
    package init(
      name: String, stackSize: Int = stackSizeDefault, body: @escaping @Sendable () -> Void
    ) throws(SystemError) {
      thread = try Thread.start(name, stackSize, body)
    }

    /// Waits until the body has returned.
    package consuming func join() {
      _ = pthread_join(thread, nil)
      discard self
    }

    deinit {
      _ = pthread_detach(thread)
    }
  }

  /// What a new thread gets: one pointer.
  private final class Start: Sendable {
    let name: String
    let body: @Sendable () -> Void

    init(_ name: String, _ body: @escaping @Sendable () -> Void) {
      self.name = name
      self.body = body
    }
  }

  private static func start(
    _ name: String, _ stackSize: Int, _ body: @escaping @Sendable () -> Void
  ) throws(SystemError) -> pthread_t {
    var attributes = pthread_attr_t()
    _ = unsafe pthread_attr_init(&attributes)
    defer { _ = unsafe pthread_attr_destroy(&attributes) }
    var code = unsafe pthread_attr_setstacksize(&attributes, stackSize)
    guard code == 0 else { throw SystemError(call: "pthread_create", code: code) }
    live.add(1, ordering: .acquiringAndReleasing)
    let start = unsafe Unmanaged.passRetained(Start(name, body))
    var thread = pthread_t()
    code = unsafe pthread_create(
      &thread, &attributes,
      { pointer in
        if let pointer = unsafe pointer {
          Thread.run(unsafe Unmanaged<Start>.fromOpaque(pointer).takeRetainedValue())
        }
        return nil
      }, start.toOpaque())
    guard code == 0 else {
      unsafe start.release()
      live.subtract(1, ordering: .acquiringAndReleasing)
      throw SystemError(call: "pthread_create", code: code)
    }
    return thread
  }

  private static func run(_ start: consuming Start) {
    // A name is a courtesy to whoever looks on; the thread does without.
    if let comm = try? FileSystem.openExisting("/proc/thread-self/comm", O_WRONLY) {
      _ = try? comm.write(Array(start.name.utf8.prefix(15)).span)
    }
    start.body()
    live.subtract(1, ordering: .acquiringAndReleasing)
  }
}
