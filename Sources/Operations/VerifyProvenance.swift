package import JSON
package import Source
import Templates

/// A model and a record in; whether the one comes of the other out.
package enum VerifyProvenance {
  /// - Parameters:
  ///   - record: the one in the model, or one beside it.
  ///   - values: those that the record seals; others change nothing and must be the record's.
  ///   - choice: which template to take; nil takes the one that the record names, out of the catalog.
  /// - Throws: ``OperationFailure/sensitiveValues(missing:wrong:checks:)``.
  /// Complexity: that of one generation and of reading the model; a difference is searched for only where hashes differ.
  package static func run(
    _ model: SourceText, record: RecordInput, values: JSONObject = JSONObject(),
    template choice: TemplateChoice? = nil, in snapshot: Snapshot,
    _ monitor: WorkMonitor = .unwatched
  ) throws(OperationFailure) -> Proof {
    try monitor.begin(.readingModel)
    return try Proof(
      record, values: values, model: ModelClaim(model), template: choice, in: snapshot, monitor)
  }
}
