import Glibc

/// Makes calls that answer -1 and `errno`, again and again while a signal interrupts them.
enum SystemCall {
  /// - Throws: ``SystemError`` with `call` and `path`.
  @discardableResult
  static func run<Answer: SignedInteger>(
    _ call: String, path: String? = nil, _ body: () -> Answer
  ) throws(SystemError) -> Answer {
    while true {
      let answer = body()
      if answer >= 0 { return answer }
      let code = errno
      if code != EINTR { throw SystemError(call: call, path: path, code: code) }
    }
  }

  /// Makes a call that takes `path`.
  ///
  /// - Throws: ``SystemError`` with `call` and `path`; `EINVAL` for a path with a NUL, which C would cut there and so
  ///   touch another file.
  @discardableResult
  static func run<Answer: SignedInteger>(
    _ call: String, on path: String, _ body: (UnsafePointer<CChar>) -> Answer
  ) throws(SystemError) -> Answer {
    guard !path.utf8.contains(0) else { throw SystemError(call: call, path: path, code: EINVAL) }
    while true {
      let (answer, code) = unsafe path.withCString { text in
        let answer = unsafe body(text)
        return (answer, errno)  // before anything else can set it
      }
      if answer >= 0 { return answer }
      if code != EINTR { throw SystemError(call: call, path: path, code: code) }
    }
  }
}
