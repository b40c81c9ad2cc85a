package import RunStore
package import Source

/// Why an operation gave no result. Nothing was run, stored or changed, but what ``store(_:)`` says.
package enum EngineFailure: Error, Sendable {
  /// There is no text but white space.
  case modelEmpty
  /// What is wrong with a model's text, and the text that the places are in.
  case modelInvalid(SourceText, [Diagnostic])
  /// The record that came with the model.
  case provenanceInvalid(ProvenanceFailure)
  /// A bound of ``RunLimits``, by its name.
  case limitExceeded(name: String, value: Int, found: Int)
  /// A filter or another value that was asked with.
  case parameterInvalid(name: String, why: String)
  /// The run is there and has no record.
  case provenanceMissing(run: String)
  case store(RunStoreFailure)
  /// Others hold what the work needs, and did not let go of it in time.
  case busy
  /// Nobody waits for a result any more.
  case stopped

  /// What is wrong; lower case, no full stop. Of a model's findings it says the first.
  package var message: String {
    switch self {
    case .modelEmpty: return "the model is empty"
    case .modelInvalid(_, let diagnostics):
      let errors = diagnostics.filter { $0.severity == .error }
      guard let first = errors.first else { return "the model is invalid" }
      let rest = errors.count > 1 ? " (and \(errors.count - 1) more)" : ""
      return "the model is invalid: " + EngineFailure.placed(first) + rest
    case .provenanceInvalid(let failure): return "the provenance is invalid: \(failure.message)"
    case .limitExceeded(let name, let value, let found):
      let what = name == "provenanceLengthMax" ? "provenance" : "model"
      return "the \(what) is too large: \(name) is \(value), and there are \(found)"
    case .parameterInvalid(let name, let why): return "\(quoted(name)) \(why)"
    case .provenanceMissing(let run): return "the run \(quoted(run)) has no provenance"
    case .store(let failure): return failure.message
    case .busy: return "too much is being run at the moment; try again soon"
    case .stopped: return "the work was stopped"
    }
  }

  /// Whether what was asked for is not there.
  package var isNotFound: Bool {
    switch self {
    case .provenanceMissing: true
    case .store(let failure): failure.isNotFound
    default: false
    }
  }

  /// A message with its path before it where the message does not say it.
  package static func placed(_ diagnostic: Diagnostic) -> String {
    diagnostic.path.isEmpty ? diagnostic.message : diagnostic.path + ": " + diagnostic.message
  }

  static func wrapping<Answer>(
    _ steps: () throws(RunStoreFailure) -> Answer
  ) throws(EngineFailure) -> Answer {
    do { return try steps() } catch { throw .store(error) }
  }
}
