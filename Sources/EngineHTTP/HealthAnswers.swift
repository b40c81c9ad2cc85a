import EngineOperations
import FlowModel
import JSON
import RunStore

extension EngineDoor {
  /// What serves, what it takes at most, and since when it does.
  var serviceHealth: JSONValue {
    let now = engine.now()
    let seconds = max(0, now.second - engine.startedAt.second)
    let limits: JSONValue = [
      "maxNodes": .number(engine.limits.nodeCountMax),
      "maxBins": .number(engine.limits.binCountMax),
      "maxYamlSize": .number(engine.limits.modelLengthMax),
    ]
    return [
      "serviceName": "flowtime-engine", "apiVersion": "v1",
      "build": ["version": .string(ProductVersion.number), "commitHash": "unknown"],
      "capabilities": [
        "supportedFormats": ["yaml", "json", "csv"],
        "features": [
          "grid-evaluation", "expression-parsing", "artifact-generation", "series-endpoints",
          "provenance-queries",
        ],
        "limits": limits,
      ],
      "status": "healthy", "startTime": .string(engine.startedAt.rfc3339),
      "uptime": .string(Self.uptime(Int(seconds))),
      "health": [
        "status": "healthy", "lastCheckTime": .string(now.rfc3339),
        "details": ["dataDirectory": .string(engine.store.directory)],
      ],
    ]
  }

  /// `1.02:03:04`: days, hours, minutes, seconds.
  private static func uptime(_ seconds: Int) -> String {
    func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let days = seconds / 86_400
    return (days > 0 ? "\(days)." : "") + padded(seconds / 3600 % 24) + ":"
      + padded(seconds / 60 % 60) + ":" + padded(seconds % 60)
  }
}
