package import Source
import Templates

/// A model and a record in; whether the one comes of the other out.
package enum VerifyProvenance {
  /// - Parameters:
  ///   - record: the one in the model, or one beside it.
  ///   - choice: which template to take; nil takes the one that the record names, out of the catalog.
  /// Complexity: that of one generation and of reading the model; a difference is searched for only where hashes differ.
  package static func run(
    _ model: SourceText, record: RecordInput, template choice: TemplateChoice? = nil,
    in snapshot: Snapshot
  ) -> Proof {
    Proof(record, model: ModelClaim(model), template: choice, in: snapshot)
  }
}
