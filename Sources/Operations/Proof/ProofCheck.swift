package import FlowModel
package import JSON
package import Source

/// One step of a proof and what came of it.
package struct ProofCheck: Sendable {
  /// In the order in which they are told.
  package enum Name: String, CaseIterable, Sendable {
    /// The record is well formed.
    case record
    /// The template is there.
    case template
    /// Template id, parameters and time are those that `model_id` was made of.
    case modelIDHash = "modelIdHash"
    /// The model is the one whose hash the record has.
    case modelHash
    /// The template is the one whose hash the record has.
    case templateHash
    /// Generation gives the same model and the same record.
    case regenerated
  }

  package enum State: String, Sendable {
    case passed, failed
    /// It could not be made; the message says why.
    case skipped
  }

  /// The first place that differs.
  package struct Difference: Sendable {
    package enum Subject: String, Sendable { case model, record }

    package let subject: Subject
    /// For people, items named by their identity: `nodes[orders].values[3]`.
    package let path: String
    /// What a proof asks for; nil where nothing should be.
    package let expected: JSONValue?
    /// What is there; nil where nothing is.
    package let found: JSONValue?
  }

  package let name: Name
  package let state: State
  package let message: String
  package var difference: Difference?
  /// In the model's text, where that is at fault.
  package var range: ByteRange?
  /// Of a template that changed: from the model at hand to the one that the template makes now.
  package var changes: Comparison?

  init(
    _ name: Name, _ state: State, _ message: String, _ difference: Difference? = nil,
    range: ByteRange? = nil, changes: Comparison? = nil
  ) {
    self.name = name
    self.state = state
    self.message = message
    self.difference = difference
    self.range = range
    self.changes = changes
  }
}
