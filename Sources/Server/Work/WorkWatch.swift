/// How a long request sees whoever waits for its answer: whether they still do, and where to say how far it is.
package struct WorkWatch: Sendable {
  package let isStopped: @Sendable () -> Bool
  /// Takes a few words for people, such as "reading the model".
  package let tell: @Sendable (String) -> Void

  package init(
    isStopped: @escaping @Sendable () -> Bool, tell: @escaping @Sendable (String) -> Void
  ) {
    self.isStopped = isStopped
    self.tell = tell
  }
}
