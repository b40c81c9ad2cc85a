import Operations
import Source
import Wire

extension Handlers {
  mutating func didOpen(_ params: DidOpenMethod.Params) -> [Notification] {
    guard documents.open(params) else {
      let limits = service.limits
      log(
        "'\(params.uri)' is not opened: there is no room beside \(documents.count) documents of"
          + " \(documents.length) bytes (openDocumentCountMax \(limits.openDocumentCountMax),"
          + " openDocumentLengthMax \(limits.openDocumentLengthMax))")
      return []
    }
    return publish(params.uri)
  }

  mutating func didChange(_ params: DidChangeMethod.Params) -> [Notification] {
    switch documents.change(params, encoding) {
    case .changed: return publish(params.uri)
    case .refused:
      log(
        "a change of '\(params.uri)' is ignored: it is not open, or a range ends before it starts")
      return []
    case .closed:
      log(
        "'\(params.uri)' is closed: with the change, the open documents would have more than"
          + " \(service.limits.openDocumentLengthMax) bytes (openDocumentLengthMax)")
      return [retract(params.uri)]
    }
  }

  /// Takes the diagnostics away: nobody sees the text any more.
  mutating func didClose(_ params: DidCloseMethod.Params) -> [Notification] {
    documents.close(params.uri)
    return [retract(params.uri)]
  }

  private func log(_ message: String) {
    var event = LogEvent(.warning, "document", message)
    event.connection = connection
    service.surroundings.log(event)
  }

  private func retract(_ uri: String) -> Notification {
    notification(PublishDiagnostics.Params(uri: uri, version: nil, diagnostics: []))
  }

  private func publish(_ uri: String) -> [Notification] {
    guard let document = documents[uri] else { return [] }
    let findings = ValidateDocument.run(document.text)
    return [
      notification(
        PublishDiagnostics.Params(
          uri: uri, version: document.version,
          diagnostics: wire(findings, in: document.text, uri: uri)))
    ]
  }

  private func notification(_ params: PublishDiagnostics.Params) -> Notification {
    Notification(method: PublishDiagnostics.name, params: params.json)
  }
}
