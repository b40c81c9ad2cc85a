/// Why a record that came with a model cannot be meant.
package struct ProvenanceFailure: Error, Hashable, Sendable {
  /// For one who is told the place in another way: lower case, no full stop.
  package let explanation: String
  /// Where that is, in bytes of the text that came beside the model; nil where it is in the model.
  package let offset: Int?
  /// For one who is told nothing else.
  package let message: String

  init(_ message: String, explanation: String? = nil, at offset: Int? = nil) {
    self.message = message
    self.explanation = explanation ?? message
    self.offset = offset
  }
}
