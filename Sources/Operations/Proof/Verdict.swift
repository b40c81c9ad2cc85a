/// What a record is worth, worst first: of all that apply the first is the verdict.
///
/// Source: docs/guides/integrator.md, "Proving".
package enum Verdict: String, CaseIterable, Sendable {
  /// There is no record that could be followed: none at all, broken, or another program's.
  case malformed
  case templateNotFound = "template-not-found"
  /// Another version of Sim made the model.
  case versionDiffers = "version-differs"
  /// The template is no longer the one of the record.
  case templateChanged = "template-changed"
  /// The record says what generation does not write.
  case recordModified = "record-modified"
  /// The model is not the one that generation gives.
  case modelModified = "model-modified"
  /// The model was made again, and it is the same.
  case reproduced
}
