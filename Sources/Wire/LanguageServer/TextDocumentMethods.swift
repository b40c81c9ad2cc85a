package import JSON

/// LSP `textDocument/didOpen`.
package enum DidOpenMethod: Method {
  package static let name = "textDocument/didOpen"

  package struct Params: WireParams {
    package var uri: String
    package var version: Int
    package var text: String

    package init(params: WireObject) throws(WireError) {
      let document = try params.object("textDocument")
      uri = try document.string("uri")
      version = try document.optionalInteger("version") ?? 0
      text = try document.string("text")
    }
  }

  package typealias Result = Nothing
}

/// LSP `textDocument/didChange`, whole and incremental.
package enum DidChangeMethod: Method {
  package static let name = "textDocument/didChange"

  /// LSP `TextDocumentContentChangeEvent`; each is applied to what the one before it left.
  package struct Change: Sendable {
    /// nil replaces the whole text.
    package var range: WireRange?
    package var text: String
  }

  package struct Params: WireParams {
    package var uri: String
    package var version: Int
    package var changes: [Change]

    package init(params: WireObject) throws(WireError) {
      let document = try params.object("textDocument")
      uri = try document.string("uri")
      version = try document.optionalInteger("version") ?? 0
      changes = []
      for change in try params.objects("contentChanges") {
        let range = try change.optionalObject("range")
        changes.append(
          Change(
            range: try range.map { object throws(WireError) in try WireRange(object) },
            text: try change.string("text")))
      }
    }
  }

  package typealias Result = Nothing
}

/// LSP `textDocument/didClose`.
package enum DidCloseMethod: Method {
  package static let name = "textDocument/didClose"

  package struct Params: WireParams {
    package var uri: String

    package init(params: WireObject) throws(WireError) {
      uri = try params.object("textDocument").string("uri")
    }
  }

  package typealias Result = Nothing
}

/// LSP `textDocument/publishDiagnostics`, from server to client.
package enum PublishDiagnostics {
  package static let name = "textDocument/publishDiagnostics"

  package struct Params: WireResult {
    package var uri: String
    /// nil after a close, when there is no version left to speak of.
    package var version: Int?
    package var diagnostics: [WireDiagnostic]

    package init(uri: String, version: Int?, diagnostics: [WireDiagnostic]) {
      self.uri = uri
      self.version = version
      self.diagnostics = diagnostics
    }

    package var json: JSONValue {
      JSONObject.present([
        ("uri", .string(uri)),
        ("version", version.map { .number(JSONNumber($0)) }),
        ("diagnostics", .array(diagnostics.map(\.json))),
      ])
    }
  }
}
