package import JSON

/// LSP `Diagnostic`, with the place as a path and the fixes in `data`.
package struct WireDiagnostic: WireResult {
  package struct Fix: Sendable {
    package var title: String
    package var edits: [(range: WireRange, newText: String)]

    package init(title: String, edits: [(range: WireRange, newText: String)]) {
      self.title = title
      self.edits = edits
    }

    package var json: JSONValue {
      .object([
        "title": .string(title),
        "edits": .array(
          edits.map { .object(["range": $0.range.json, "newText": .string($0.newText)]) }),
      ])
    }
  }

  package struct Note: Hashable, Sendable {
    package var range: WireRange
    package var message: String

    package init(range: WireRange, message: String) {
      self.range = range
      self.message = message
    }
  }

  package var range: WireRange
  /// LSP `DiagnosticSeverity`: 1 error, 2 warning, 3 information, 4 hint.
  package var severity: Int
  package var code: String
  package var message: String
  /// The place as a path of keys and indices; empty where there is none.
  package var path: String
  package var related: [Note]
  package var fixes: [Fix]
  /// The document, where it has a name: `relatedInformation` needs one.
  package var uri: String?
  /// The program that found it.
  package var source = "flowtime-sim"

  package init(
    range: WireRange, severity: Int, code: String, message: String, path: String, related: [Note],
    fixes: [Fix],
    uri: String?
  ) {
    self.range = range
    self.severity = severity
    self.code = code
    self.message = message
    self.path = path
    self.related = related
    self.fixes = fixes
    self.uri = uri
  }

  package var json: JSONValue {
    var data = JSONObject()
    if !path.isEmpty { data["path"] = .string(path) }
    if !fixes.isEmpty { data["fixes"] = .array(fixes.map(\.json)) }
    if !related.isEmpty {
      data["related"] = .array(
        related.map { .object(["range": $0.range.json, "message": .string($0.message)]) })
    }
    let information =
      related.isEmpty
      ? Optional.none
      : uri.map { uri in
        JSONValue.array(
          related.map { note in
            .object([
              "location": .object(["uri": .string(uri), "range": note.range.json]),
              "message": .string(note.message),
            ])
          })
      }
    return JSONObject.present([
      ("range", range.json),
      ("severity", .number(JSONNumber(severity))),
      ("code", .string(code)),
      ("codeDescription", .object(["href": .string("docs/reference/diagnostics.md#\(code)")])),
      ("source", .string(source)),
      ("message", .string(message)),
      ("relatedInformation", information),
      ("data", .object(data)),
    ])
  }
}
