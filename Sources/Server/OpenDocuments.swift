package import Source
package import Wire

/// The texts that a client has open, as its notifications left them. Keys: URIs, byte for byte.
package struct OpenDocuments: Sendable {
  /// Most documents one connection may have open.
  package static let countMax = 1_000

  package struct Document: Sendable {
    package var version: Int
    package var text: SourceText
  }

  private var documents: [ExactString: Document] = [:]

  package init() {}

  package subscript(uri: String) -> Document? { documents[ExactString(uri)] }

  package var count: Int { documents.count }

  /// - Returns: false where there is no room for another.
  package mutating func open(_ params: DidOpenMethod.Params) -> Bool {
    let key = ExactString(params.uri)
    guard documents[key] != nil || documents.count < OpenDocuments.countMax else { return false }
    documents[key] = Document(version: params.version, text: SourceText(params.text))
    return true
  }

  /// Applies changes one after the other. Complexity: O(text) for each change.
  ///
  /// - Returns: false where the document is not open or a range is not one; then nothing is changed.
  package mutating func change(_ params: DidChangeMethod.Params, _ encoding: PositionEncoding)
    -> Bool
  {
    let key = ExactString(params.uri)
    guard var document = documents[key] else { return false }
    for change in params.changes {
      guard let range = change.range else {
        document.text = SourceText(change.text)
        continue
      }
      guard let bytes = Positions(document.text, encoding).bytes(range),
        let changed = document.text.applying([TextEdit(bytes, change.text)])
      else { return false }
      document.text = changed
    }
    document.version = params.version
    documents[key] = document
    return true
  }

  package mutating func close(_ uri: String) {
    documents[ExactString(uri)] = nil
  }
}
