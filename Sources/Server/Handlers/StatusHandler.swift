import FlowModel
import JSON
import JSONRPC
import Operations
import Wire

extension Handlers {
  func status(_ params: Nothing) throws(RPCError) -> StatusMethod.Result {
    let counters = service.counters
    let uptime = service.surroundings.uptime().components
    return StatusMethod.Result(
      version: version,
      uptimeSeconds: Double(uptime.seconds) + Double(uptime.attoseconds / 1_000_000_000_000_000)
        / 1000,
      templateCount: snapshot.catalog.entries.count,
      modelIDHash: (ModelIdentity.hashLength, ModelIdentity.evenChanceCount),
      limits: service.limits.named,
      counters: [
        ("connections", counters.connections), ("requests", counters.requests),
        ("notifications", counters.notifications), ("errors", counters.errors),
        ("models", counters.models), ("reloads", counters.reloads),
      ],
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
      isReadOnly: rights == .readOnly)
  }
}

extension Duration {
  /// To the nanosecond.
  fileprivate var microseconds: Double {
    Double(attoseconds / 1_000_000_000) / 1000
  }
}

/// The OpenRPC document, which the build takes from protocol/openrpc.json.
enum DiscoveryDocument {
  /// Parsed once. A test holds the file to be valid, so that null never shows.
  static let json: JSONValue =
    (try? JSONDocument.parse(PackageResources.openrpc_json).root) ?? .null
}
