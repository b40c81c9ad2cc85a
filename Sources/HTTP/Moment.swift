/// When something happens, as the caller's clocks say: here is none.
package struct Moment: Hashable, Sendable {
  /// On a clock that never goes back, from any start: what deadlines are taken from.
  package let uptime: Duration
  /// Seconds since 1970-01-01T00:00:00Z, for `Date`.
  package let unixSeconds: Int

  package init(uptime: Duration, unixSeconds: Int) {
    self.uptime = uptime
    self.unixSeconds = unixSeconds
  }
}
