import FlowModel
import JSON
package import RunStore
import Source

/// Stored runs a page at a time, newest first, with what their records say of templates.
package enum ListRuns {
  package struct Request: Hashable, Sendable {
    /// Compared without regard to case, as ``templateID``.
    package var mode: String?
    package var templateID: String?
    package var hasWarnings: Bool?
    /// From 1.
    package var page = 1
    package var pageSize = 50

    package static let pageSizeMax = 200

    package init() {}

    package static let parameters = ["mode", "templateId", "hasWarnings", "page", "pageSize"]

    /// - Throws: ``EngineFailure/parameterInvalid(name:why:)``.
    package init(_ filters: [(name: String, value: String)]) throws(EngineFailure) {
      var seen: Set<String> = []
      for (name, value) in filters where seen.insert(name).inserted {
        switch name {
        case "mode": mode = value.isEmpty ? nil : value
        case "templateId", "template_id": templateID = value.isEmpty ? nil : value
        case "hasWarnings":
          if value.isEmpty { continue }
          try ListArtifacts.check(name, value, isOneOf: ["true", "false"])
          hasWarnings = value.lowercased() == "true"
        case "page": page = try Self.count(name, value)
        case "pageSize": pageSize = min(try Self.count(name, value), Self.pageSizeMax)
        default: throw ListArtifacts.unknown(name, among: Self.parameters)
        }
      }
    }

    private static func count(_ name: String, _ value: String) throws(EngineFailure) -> Int {
      guard let count = Int(value), count >= 1 else {
        throw .parameterInvalid(
          name: name, why: "must be a whole number from 1, not \(quoted(value))")
      }
      return count
    }
  }

  package struct Item: Sendable {
    package let entry: RunEntry
    package let warningCount: Int
  }

  package struct Result: Sendable {
    package let items: [Item]
    package let totalCount: Int
  }

  /// Complexity: O(runs); with ``Request/hasWarnings`` each of them is read.
  package static func run(
    _ request: Request, in engine: Engine
  ) throws(EngineFailure) -> Result {
    let entries = try EngineFailure.wrapping { () throws(RunStoreFailure) in
      try engine.store.entries()
    }
    func isAsked(_ asked: String?, _ found: String) -> Bool {
      asked.map { ExactString($0).lowercased == ExactString(found).lowercased } ?? true
    }
    var found = entries.reversed().filter {
      isAsked(request.mode, $0.provenanceText("mode") ?? "simulation")
        && isAsked(request.templateID, $0.provenanceText("templateId") ?? "adhoc-model")
    }
    if let hasWarnings = request.hasWarnings {
      found = found.filter { (warningCount($0, engine) > 0) == hasWarnings }
    }
    let (start, isBeyond) = (request.page - 1).multipliedReportingOverflow(by: request.pageSize)
    let page = isBeyond ? [] : found.dropFirst(start).prefix(request.pageSize)
    return Result(
      items: page.map { Item(entry: $0, warningCount: warningCount($0, engine)) },
      totalCount: found.count)
  }

  /// 0 for a run whose run.json cannot be read.
  private static func warningCount(_ entry: RunEntry, _ engine: Engine) -> Int {
    (try? engine.store.record(of: entry.id))?["warnings"]?.arrayValue?.count ?? 0
  }
}

extension RunEntry {
  /// A text of the record as the index has it: in camel case.
  package func provenanceText(_ name: String) -> String? { provenance?[name]?.stringValue }
}
