/// What keeps the benchmark from running, in words for the person who started it.
struct Failure: Error {
  let message: String

  init(_ message: String) {
    self.message = message
  }
}
