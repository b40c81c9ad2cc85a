import JSON
import Wire

extension Service {
  /// - Parameter own: what the program says of itself.
  func status(_ own: [JSONMember], isReadOnly: Bool) -> StatusMethod.Result {
    let counters = counters
    let uptime = surroundings.uptime().components
    return StatusMethod.Result(
      name: methods.programName, version: methods.programVersion,
      uptimeSeconds: Double(uptime.seconds) + Double(uptime.attoseconds / 1_000_000_000_000_000)
        / 1000,
      own: own, limits: methods.limits.named,
      counters: [
        ("connections", counters.connections), ("requests", counters.requests),
        ("notifications", counters.notifications), ("errors", counters.errors),
      ] + methods.counters,
      methods: counters.methods.named.map { name, entry in
        StatusMethod.MethodTimes(
          name: name, count: entry.count, errorCount: entry.errorCount,
          microseconds: [
            ("p50", entry.times.percentile(perMille: 500).microseconds),
            ("p90", entry.times.percentile(perMille: 900).microseconds),
            ("p99", entry.times.percentile(perMille: 990).microseconds),
            ("max", entry.times.longest.microseconds),
          ])
      },
      isReadOnly: isReadOnly)
  }
}

extension Duration {
  /// To the nanosecond.
  fileprivate var microseconds: Double {
    Double(attoseconds / 1_000_000_000) / 1000
  }
}
