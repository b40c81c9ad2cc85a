import Operations
import Source
import Wire

extension Handlers {
  mutating func didOpen(_ params: DidOpenMethod.Params) -> [Notification] {
    guard documents.open(params) else {
      service.surroundings.log(
        "'\(params.uri)' is not opened: \(OpenDocuments.countMax) documents are open already")
      return []
    }
    return publish(params.uri)
  }

  mutating func didChange(_ params: DidChangeMethod.Params) -> [Notification] {
    guard documents.change(params, encoding) else {
      service.surroundings.log(
        "a change of '\(params.uri)' is ignored: it is not open, or a range ends before it starts")
      return []
    }
    return publish(params.uri)
  }

  /// Takes the diagnostics away: nobody sees the text any more.
  mutating func didClose(_ params: DidCloseMethod.Params) -> [Notification] {
    documents.close(params.uri)
    return [notification(PublishDiagnostics.Params(uri: params.uri, version: nil, diagnostics: []))]
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
