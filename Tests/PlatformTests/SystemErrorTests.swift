import Glibc
import Platform
import Testing

@Test(arguments: [
  (
    SystemError(call: "open", path: "x", code: ENOENT),
    "cannot open 'x': No such file or directory"
  ),
  (SystemError(call: "write", code: ENOSPC), "cannot write: No space left on device"),
  (
    SystemError(call: "fsync", path: "a b", code: EIO), "cannot write 'a b': Input/output error"
  ),
  (SystemError(call: "frob", path: "x", code: EPERM), "cannot frob 'x': Operation not permitted"),
  (
    SystemError(call: "open", path: "a\nb\u{1B}[2J\u{2028}", code: EACCES),
    "cannot open 'a\\u{a}b\\u{1b}[2J\\u{2028}': Permission denied"
  ),
  (SystemError(call: "read", code: 99999), "cannot read: Unknown error 99999"),
])
func `a refusal names step, place and cause on one line`(error: SystemError, message: String) {
  #expect(error.message == message)
}

@Test func `a refusal can be asked for what a caller acts on`() {
  #expect(SystemError(call: "open", code: ENOENT).isNotFound)
  #expect(SystemError(call: "open", code: ENOTDIR).isNotFound)
  #expect(SystemError(call: "write", code: EPIPE).isBrokenPipe)
  #expect(SystemError(call: "write", code: ECONNRESET).isBrokenPipe)
  #expect(SystemError(call: "write", code: ETIMEDOUT).isTimeout)
  let other = SystemError(call: "open", code: EACCES)
  #expect(!other.isNotFound && !other.isBrokenPipe && !other.isTimeout)
}
