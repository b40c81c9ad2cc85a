import EngineOperations
import JSON
import JSONRPC
import RunStore
import Server
import Source
import Wire

/// The errors of an Engine's methods. Those that Sim has too have Sim's codes; its own begin at 1101.
///
/// Source: docs/reference/engine-rpc.md, "Errors".
package enum EngineFailureCode: Int, CaseIterable, Sendable {
  case modelInvalid = 1004
  case provenanceInvalid = 1005
  case limitExceeded = 1007
  case artifactNotFound = 1101
  case storeFailed
  case storeFull
  case busy

  /// `error.data.kind`.
  package var kind: String { String(describing: self) }
}

extension RPCError {
  /// - Parameter encoding: how the positions of diagnostics are counted.
  init(_ failure: EngineFailure, _ encoding: PositionEncoding) {
    let message = failure.message
    switch failure {
    case .modelEmpty: self.init(.modelInvalid, message, ["diagnostics": []])
    case .modelInvalid(let text, let found):
      let diagnostics = WireDiagnostic.all(found, in: text, encoding)
      self.init(.modelInvalid, message, ["diagnostics": .array(diagnostics.map(\.json))])
    case .provenanceInvalid(let failure):
      self.init(.provenanceInvalid, message, ["problems": [.string(failure.message)]])
    case .limitExceeded(let name, let value, let found):
      self = .limitExceeded(name, value: value, "\(name) is \(value), and there are \(found)")
    case .parameterInvalid(let name, let why): self = .invalidParams("params.\(name): \(why)")
    case .provenanceMissing(let run):
      self.init(.artifactNotFound, message, ["runId": .string(run), "missing": "provenance"])
    case .stopped: self = .requestCancelled
    case .busy: self.init(.busy, message, [:])
    case .store(let failure): self.init(failure)
    }
  }

  private init(_ failure: RunStoreFailure) {
    let message = failure.message
    switch failure {
    case .runMissing(let id):
      self.init(.artifactNotFound, message, ["runId": .string(id), "missing": "run"])
    case .seriesMissing(let id, let run):
      self.init(
        .artifactNotFound, message,
        ["runId": .string(run), "missing": "series", "name": .string(id)])
    case .fileMissing(let name, let run):
      self.init(
        .artifactNotFound, message,
        ["runId": .string(run), "missing": "file", "name": .string(name)])
    case .nameInvalid: self = .invalidParams(message)
    case _ where failure.isNotFound:
      self.init(.artifactNotFound, message, ["missing": "file"])
    case _ where failure.isOutOfSpace: self.init(.storeFull, message, [:])
    case .system, .file, .damaged, .noNameLeft: self.init(.storeFailed, message, [:])
    }
  }

  private init(_ code: EngineFailureCode, _ message: String, _ data: JSONObject) {
    self.init(code: code.rawValue, message: message, kind: code.kind, data)
  }
}

extension WireDiagnostic {
  static func all(
    _ diagnostics: [Diagnostic], in text: SourceText, _ encoding: PositionEncoding
  ) -> [WireDiagnostic] {
    if diagnostics.isEmpty { return [] }
    let positions = Positions(text, encoding)
    return diagnostics.map {
      var diagnostic = WireDiagnostic($0, positions)
      diagnostic.source = "flowtime-engine"
      return diagnostic
    }
  }
}
