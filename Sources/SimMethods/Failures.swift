import FlowModel
import JSON
import JSONRPC
import Operations
import Server
import Source
import Wire

/// The errors of our own methods. Codes are positive, so that they never meet a reserved one.
///
/// Source: docs/guides/integrator.md, "Errors".
package enum FailureCode: Int, CaseIterable, Sendable {
  case templateNotFound = 1001
  case templateInvalid
  case parametersInvalid
  case modelInvalid
  case provenanceInvalid
  case provenanceExists
  case limitExceeded
  case notReproducible
  case sensitiveValues

  /// `error.data.kind`.
  package var kind: String { String(describing: self) }
}

extension RPCError {
  /// - Parameter encoding: how the positions of diagnostics are counted.
  init(_ failure: OperationFailure, _ encoding: PositionEncoding, uri: String? = nil) {
    switch failure {
    case .templateNotFound(let id, let near):
      let hint =
        near.isEmpty ? "" : "; did you mean \(near.map { quoted($0) }.joined(separator: " or "))?"
      self.init(
        .templateNotFound, "no template \(quoted(id))\(hint)",
        ["templateId": .string(id), "near": .array(near.map(JSONValue.string))])
    case .templateInvalid(let text, let diagnostics):
      self.init(.templateInvalid, "the template is invalid", text, diagnostics, encoding, uri)
    case .parametersInvalid(let text, let diagnostics):
      self.init(.parametersInvalid, "the parameters are invalid", text, diagnostics, encoding, uri)
    case .modelInvalid(let text, let diagnostics):
      self.init(.modelInvalid, "the model is invalid", text, diagnostics, encoding, uri)
    case .provenanceInvalid(let problems):
      self.init(
        .provenanceInvalid, "the provenance is invalid: \(problems.first ?? "it is no record")",
        ["problems": .array(problems.map(JSONValue.string))])
    case .provenanceExists(let text, let range):
      self.init(
        .provenanceExists,
        "the model has provenance already; 'replace' puts the new record in its place",
        ["range": Positions(text, encoding).range(range).json])
    case .sensitiveValues(let missing, let wrong, let checks):
      self.init(
        .sensitiveValues, checks.last?.message ?? "the record seals values, which must be given",
        [
          "missing": .array(missing.map(JSONValue.string)),
          "wrong": .array(wrong.map(JSONValue.string)),
          "checks": .array(checks.map { VerifyProvenanceMethod.Check($0, nil).json }),
        ])
    case .stopped: self = .requestCancelled
    case .notReproducible(let proof):
      let reason = proof.checks.first { $0.state == .failed }?.message
      self.init(
        .notReproducible,
        "the record does not lead back to its model (\(proof.verdict.rawValue))"
          + (reason.map { ": \($0)" } ?? ""),
        [
          "verdict": .string(proof.verdict.rawValue),
          "checks": .array(proof.checks.map { VerifyProvenanceMethod.Check($0, nil).json }),
        ])
    }
  }

  init(_ code: FailureCode, _ message: String, _ data: JSONObject) {
    var members = [JSONMember("kind", .string(code.kind))]
    members += data.members
    self.init(code: code.rawValue, message: message, data: .object(JSONObject(members)))
  }

  /// An error about a text: the first error stands in the message, all findings in `data.diagnostics`.
  private init(
    _ code: FailureCode, _ message: String, _ text: SourceText, _ diagnostics: [Diagnostic],
    _ encoding: PositionEncoding, _ uri: String?
  ) {
    let positions = Positions(text, encoding)
    let first = diagnostics.first { $0.severity == .error }
    let others = diagnostics.count { $0.severity == .error } - 1
    self.init(
      code,
      message + (first.map { ": \($0.message)" } ?? "")
        + (others > 0 ? " (and \(others) more)" : ""),
      ["diagnostics": .array(diagnostics.map { WireDiagnostic($0, positions, uri: uri).json })])
  }
}
