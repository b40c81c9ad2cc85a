import JSON
import JSONRPC
import Operations
import Server
import Source
import Wire

extension Handlers {
  mutating func didOpen(_ params: DidOpenMethod.Params) -> DocumentNews? {
    let wasOpen = documents[params.uri] != nil
    guard documents.open(params) else {
      let limits = service.simLimits
      log(
        "'\(params.uri)' is not opened: there is no room beside \(documents.count) documents of"
          + " \(documents.length) bytes (openDocumentCountMax \(limits.openDocumentCountMax),"
          + " openDocumentLengthMax \(limits.openDocumentLengthMax))")
      return wasOpen ? retract(params.uri) : nil
    }
    return publish(params.uri)
  }

  mutating func didChange(_ params: DidChangeMethod.Params) -> DocumentNews? {
    switch documents.change(params, encoding) {
    case .changed: return publish(params.uri)
    case .refused:
      log(
        "a change of '\(params.uri)' is ignored: it is not open, or a range ends before it starts")
      return nil
    case .closed:
      log(
        "'\(params.uri)' is closed: with the change, the open documents would have more than"
          + " \(service.simLimits.openDocumentLengthMax) bytes (openDocumentLengthMax)")
      return retract(params.uri)
    }
  }

  /// Takes the diagnostics away: nobody sees the text any more.
  mutating func didClose(_ params: DidCloseMethod.Params) -> DocumentNews? {
    documents.close(params.uri)
    return retract(params.uri)
  }

  private func log(_ message: String) {
    var event = LogEvent(.warning, "document", message)
    event.connection = connection
    service.surroundings.log(event)
  }

  private func retract(_ uri: String) -> DocumentNews {
    let params = PublishDiagnostics.Params(uri: uri, version: nil, diagnostics: [])
    return DocumentNews(uri: uri, diagnostics: .found(params.json))
  }

  /// Looks at a document: a short one on the spot, a long one in the background.
  private func publish(_ uri: String) -> DocumentNews? {
    guard let document = documents[uri] else { return nil }
    let encoding = encoding
    @Sendable func params(_ findings: [Diagnostic]) -> JSONValue {
      PublishDiagnostics.Params(
        uri: uri, version: document.version,
        diagnostics: Handlers.wire(findings, in: document.text, encoding, uri: uri)
      ).json
    }
    if length(of: document) <= service.simLimits.server.inlineLengthMax {
      return DocumentNews(
        uri: uri, diagnostics: .found(params(ValidateDocument.run(document.text))))
    }
    return DocumentNews(
      uri: uri,
      diagnostics: .toFind { watch in
        do throws(OperationFailure) {
          return .success(params(try ValidateDocument.run(document.text, WorkMonitor(watch))))
        } catch {
          return .failure(RPCError(error, encoding, uri: uri))
        }
      })
  }
}
