package import Source

/// Why an operation gave no result. Nothing was made, and nothing was changed.
///
/// Kept aside (`indirect`): it is much larger than most results, and seldom there.
package indirect enum OperationFailure: Error, Sendable {
  /// No template has the id. `near`: ids that may have been meant.
  case templateNotFound(id: String, near: [String])
  /// The template is wrong whatever the values are.
  case templateInvalid(SourceText, [Diagnostic])
  /// The template is right, the values are not.
  case parametersInvalid(SourceText, [Diagnostic])
  case modelInvalid(SourceText, [Diagnostic])
  /// What is wrong with a record that was given as a value.
  case provenanceInvalid([String])
  /// The model has a block already; the range is its key.
  case provenanceExists(SourceText, ByteRange)
  /// A record seals values, and these names are missing among those given, or have others; what was found without.
  case sensitiveValues(missing: [String], wrong: [String], checks: [ProofCheck])
  /// A record that does not lead back to its model.
  case notReproducible(Proof)
  /// Nobody waits for a result any more; see ``WorkMonitor``.
  case stopped
}
