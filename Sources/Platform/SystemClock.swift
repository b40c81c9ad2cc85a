import Glibc

/// The two clocks of the machine.
package enum SystemClock {
  /// The time of day in UTC. Unit: microseconds since 1970-01-01T00:00:00Z, without leap seconds.
  ///
  /// It can be set back, so two readings say nothing about the time between them.
  package static func microsecondsSinceEpoch() -> Int64 {
    let now = reading(of: CLOCK_REALTIME)
    return Int64(now.tv_sec) * 1_000_000 + Int64(now.tv_nsec) / 1_000
  }

  /// The time since some fixed moment; it never goes back.
  package static func monotonic() -> Duration {
    let now = reading(of: CLOCK_MONOTONIC)
    return .seconds(now.tv_sec) + .nanoseconds(now.tv_nsec)
  }

  private static func reading(of clock: clockid_t) -> timespec {
    var now = timespec()
    let status = unsafe clock_gettime(clock, &now)
    precondition(status == 0)  // Linux always has both clocks
    return now
  }
}
