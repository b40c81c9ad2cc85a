import FlowModel
package import RunStore
import Source

/// Stored runs that have what is asked for.
package enum ListArtifacts {
  package static func run(
    _ query: RunQuery, in engine: Engine
  ) throws(EngineFailure) -> RunQuery.Answer {
    try EngineFailure.wrapping { () throws(RunStoreFailure) in try engine.store.answer(query) }
  }

  /// Filters by name, beside `metadata.` and a field of the record. The spelling is that of the contract; those of the
  /// record have two.
  package static let parameters = [
    "type", "search", "fullText", "tags", "source", "templateId", "template_id", "modelId",
    "model_id", "createdAfter", "createdBefore", "minSize", "maxSize", "relatedTo",
    "includeArchived", "sortBy", "sortOrder", "skip", "limit",
  ]

  /// Reads filters as a query or a command has them. Empty ones are as good as none.
  ///
  /// - Throws: ``EngineFailure/parameterInvalid(name:why:)`` for a name that is no filter and a value that none can have: what
  ///   was passed over would give more runs than were asked for.
  package static func query(
    _ filters: [(name: String, value: String)]
  ) throws(EngineFailure) -> RunQuery {
    for (name, value) in filters where !value.isEmpty { try check(name, value) }
    return RunQuery(parameters: filters)
  }

  private static func check(_ name: String, _ value: String) throws(EngineFailure) {
    switch name {
    case "createdAfter", "createdBefore":
      guard Timestamp.utc(of: value) != nil else {
        throw .parameterInvalid(
          name: name, why: "must be a time such as 2025-09-25T12:00:00Z, not \(quoted(value))")
      }
    case "minSize", "maxSize", "skip", "limit":
      guard Int(value).map({ $0 >= 0 }) ?? false else {
        throw .parameterInvalid(
          name: name, why: "must be a whole number from 0, not \(quoted(value))")
      }
    case "includeArchived": try check(name, value, isOneOf: ["true", "false"])
    case "sortBy":
      try check(name, value, isOneOf: ["created", "title", "id", "size", "modified"])
    case "sortOrder": try check(name, value, isOneOf: ["asc", "desc"])
    case _ where name.hasPrefix("metadata.") && name.utf8.count > 9: break
    default:
      guard parameters.contains(where: { $0.utf8.elementsEqual(name.utf8) }) else {
        throw unknown(name, among: parameters)
      }
    }
  }

  static func check(
    _ name: String, _ value: String, isOneOf words: [String]
  ) throws(EngineFailure) {
    let lowered = value.lowercased()
    guard words.contains(where: { $0.utf8.elementsEqual(lowered.utf8) }) else {
      throw .parameterInvalid(
        name: name, why: "must be \(words.joined(separator: ", ")), not \(quoted(value))")
    }
  }

  static func unknown(_ name: String, among known: [String]) -> EngineFailure {
    let hint =
      Suggestion.only(name, among: known).map { "; did you mean \(quoted($0))?" }
      ?? "; there are \(known.joined(separator: ", "))"
    return .parameterInvalid(name: name, why: "is no parameter here\(hint)")
  }
}
