import Glibc

/// A program that was started from here and goes on by itself when this process ends.
package struct DetachedProgram: Sendable {
  package let processID: Int32

  /// Starts a program in a session of its own, so that no terminal and no signal to this process's group reaches it.
  ///
  /// It gets nothing to read, its output goes nowhere and its notices to the end of a file, which is made with mode 0600.
  /// It inherits the environment and the current directory, and no other descriptor, so that nobody waits in vain for the
  /// end of a pipe.
  ///
  /// - Parameters:
  ///   - path: The file to run.
  ///   - arguments: Without the program's name.
  ///   - log: Where its notices go; not through a symbolic link. One of over ``logLengthMax`` bytes is begun anew.
  /// - Throws: ``SystemError``, and nothing runs.
  package static func start(
    _ path: String, _ arguments: [String], log: String
  ) throws(SystemError) -> DetachedProgram {
    var logFlags = O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY
    if let length = try FileSystem.status(log)?.length, length > logLengthMax {
      logFlags |= O_TRUNC
    }
    let notices = Descriptor(
      owning: try unsafe SystemCall.run("open", on: log) { unsafe open($0, logFlags, 0o600) })
    let nothing = try FileSystem.openExisting("/dev/null", O_RDWR)

    var actions = unsafe posix_spawn_file_actions_t()
    _ = unsafe posix_spawn_file_actions_init(&actions)
    defer { _ = unsafe posix_spawn_file_actions_destroy(&actions) }
    for (source, stream) in [
      (nothing.number, 0), (nothing.number, 1), (notices.number, Int32(2)),
    ] {
      try check(unsafe posix_spawn_file_actions_adddup2(&actions, source, stream), path)
    }
    for number in inheritedNumbers() {
      try check(unsafe posix_spawn_file_actions_addclose(&actions, number), path)
    }

    var attributes = posix_spawnattr_t()
    _ = unsafe posix_spawnattr_init(&attributes)
    defer { _ = unsafe posix_spawnattr_destroy(&attributes) }
    // A signal that is ignored or blocked here would stay so there.
    var all = sigset_t()
    _ = unsafe sigfillset(&all)
    try check(unsafe posix_spawnattr_setsigdefault(&attributes, &all), path)
    var none = sigset_t()
    _ = unsafe sigemptyset(&none)
    try check(unsafe posix_spawnattr_setsigmask(&attributes, &none), path)
    let flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | setSession
    try check(unsafe posix_spawnattr_setflags(&attributes, Int16(flags)), path)

    var processID: pid_t = 0
    var texts = unsafe ([path] + arguments).map { unsafe strdup($0) } + [nil]
    defer { for index in unsafe texts.indices { unsafe free(texts[index]) } }
    try check(
      unsafe posix_spawn(&processID, path, &actions, &attributes, &texts, environ), path)
    return DetachedProgram(processID: processID)
  }

  /// The longest log that is written on.
  package static let logLengthMax = 1 << 20

  /// How the program has ended, its exit status or 128 and the number of the signal; nil while it runs.
  ///
  /// Whoever does not ask leaves the answer to the system when this process ends. Ask no more once there was an answer.
  package func ending() -> Int32? {
    var status: Int32 = 0
    guard unsafe waitpid(processID, &status, WNOHANG) == processID else { return nil }
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
  }

  /// POSIX_SPAWN_SETSID of spawn.h, which the Glibc module leaves out.
  private static let setSession: Int32 = 0x80

  /// The descriptors that a program would inherit: what an editor left open when it started this one.
  ///
  /// They are closed in the program alone: here they may be somebody's who is about to start another.
  private static func inheritedNumbers() -> [Int32] {
    let names = (try? FileSystem.listDirectory("/proc/self/fd")) ?? (0..<256).map(String.init)
    return names.compactMap { Int32($0) }.filter { number in
      let flags = fcntl(number, F_GETFD)
      return number > 2 && flags >= 0 && flags & FD_CLOEXEC == 0
    }
  }

  private static func check(_ code: Int32, _ path: String) throws(SystemError) {
    if code != 0 { throw SystemError(call: "posix_spawn", path: path, code: code) }
  }
}
