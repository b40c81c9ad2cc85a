/// The total functions that must hold their invariants for any bytes.
///
/// `swift test` runs them over every fixture and what becomes of it by small mistakes; Tests/Fuzz/run gives them to
/// libFuzzer. Source: docs/testing.md, "Fuzzing".
package enum FuzzEntry: String, CaseIterable, Sendable {
  /// A text as YAML: tree, tokens, events, edits.
  case yaml
  /// A text as JSON, and back.
  case json
  /// A text as an expression: tokens, tree, problems, fixes.
  case expression
  /// A stream as frames and calls, whole and in pieces.
  case framing
  /// What an HTTP client sends: requests and answers, whole and in pieces.
  case http
  /// A text as a model that is run.
  case engine
  /// What an HTTP client sends to an Engine.
  case door
  /// A template, a NUL and values between NULs: a model and its record.
  case substitution
  /// What a client sends to a session.
  case session
  /// What a client sends to an Engine's session.
  case engineSession = "engine-session"

  /// Runs the entry. It returns for every input; where an invariant does not hold it says so to ``Invariant``.
  package func run(_ bytes: Span<UInt8>) {
    switch self {
    case .yaml: fuzzYAML(bytes)
    case .json: fuzzJSON(bytes)
    case .expression: fuzzExpression(bytes)
    case .framing: fuzzFraming(bytes)
    case .http: fuzzHTTP(bytes)
    case .engine: fuzzEngine(bytes)
    case .door: fuzzDoor(bytes)
    case .substitution: fuzzSubstitution(bytes)
    case .session: fuzzSession(bytes)
    case .engineSession: fuzzEngineSession(bytes)
    }
  }
}

extension Span<UInt8> {
  /// The first bytes as an array: entries bound what they look at, so that their cost is bounded.
  func prefixArray(_ countMax: Int) -> [UInt8] {
    (0..<Swift.min(count, countMax)).map { self[$0] }
  }
}
