import Server
package import Source
package import Wire

/// The texts that a client has open, as its notifications left them. Keys: URIs, byte for byte.
package struct OpenDocuments: Sendable {
  package struct Document: Sendable {
    package var version: Int
    package var text: SourceText
  }

  private var documents: [ExactString: Document] = [:]

  /// Bytes of all texts.
  package private(set) var length = 0
  private let countMax: Int
  private let lengthMax: Int

  /// What became of a change.
  package enum Outcome: Hashable, Sendable {
    case changed
    /// The document is not open, or a range is not one; nothing is changed.
    case refused
    /// There is no room for the text, so that the document is closed: what it says now is not known.
    case closed
  }

  /// - Parameters:
  ///   - countMax: most documents that may be open.
  ///   - lengthMax: most bytes that all of them may have.
  package init(countMax: Int = .max, lengthMax: Int = .max) {
    self.countMax = countMax
    self.lengthMax = lengthMax
  }

  package subscript(uri: String) -> Document? { documents[ExactString(uri)] }

  package var count: Int { documents.count }

  /// - Returns: false where there is no room for another.
  package mutating func open(_ params: DidOpenMethod.Params) -> Bool {
    let key = ExactString(params.uri)
    guard documents[key] != nil || documents.count < countMax else { return false }
    return put(Document(version: params.version, text: SourceText(params.text)), key)
  }

  /// Applies changes one after the other. Complexity: O(text) for each change.
  package mutating func change(_ params: DidChangeMethod.Params, _ encoding: PositionEncoding)
    -> Outcome
  {
    let key = ExactString(params.uri)
    guard var document = documents[key] else { return .refused }
    for change in params.changes {
      guard let range = change.range else {
        document.text = SourceText(change.text)
        continue
      }
      guard let bytes = Positions(document.text, encoding).bytes(range),
        let changed = document.text.applying([TextEdit(bytes, change.text)])
      else { return .refused }
      document.text = changed
    }
    document.version = params.version
    return put(document, key) ? .changed : .closed
  }

  package mutating func close(_ uri: String) {
    remove(ExactString(uri))
  }

  /// - Returns: false where there is no room for it; then the document is no longer open.
  private mutating func put(_ document: Document, _ key: ExactString) -> Bool {
    remove(key)
    guard length + document.text.count <= lengthMax else { return false }
    length += document.text.count
    documents[key] = document
    return true
  }

  private mutating func remove(_ key: ExactString) {
    if let old = documents.removeValue(forKey: key) { length -= old.text.count }
  }
}
