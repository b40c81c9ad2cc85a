package import JSON

/// LSP `initialize`: the two ends agree on how positions are counted.
package enum InitializeMethod: Method {
  package static let name = "initialize"

  package struct Params: WireParams {
    /// In the client's order of preference; unknown ones are left out.
    package var positionEncodings: [PositionEncoding]
    /// The process that started this one, which must not outlive it.
    package var processID: Int?
    /// `capabilities.experimental.templatesDidChange`: whether the client wants ``TemplatesDidChange``.
    package var watchesTemplates: Bool
    /// A value that is not known counts as off.
    package var trace: TraceValue

    package init(params: WireObject) throws(WireError) {
      processID = try params.optionalInteger("processId")
      trace = try params.optionalString("trace").flatMap(TraceValue.init(rawValue:)) ?? .off
      let capabilities = try params.optionalObject("capabilities")
      let general = try capabilities?.optionalObject("general")
      // LSPAny: what others put there is theirs.
      let experimental = capabilities?.present("experimental")?.objectValue
      watchesTemplates = experimental?["templatesDidChange"]?.boolValue ?? false
      positionEncodings =
        try general?.optionalArray("positionEncodings")?
        .compactMap { $0.stringValue.flatMap(PositionEncoding.init(rawValue:)) } ?? []
    }
  }

  package struct Result: WireResult {
    package var positionEncoding: PositionEncoding
    /// As the client asked.
    package var watchesTemplates: Bool
    /// Whether what writes is refused to the client.
    package var isReadOnly: Bool
    package var version: String

    package init(
      positionEncoding: PositionEncoding, watchesTemplates: Bool, isReadOnly: Bool, version: String
    ) {
      self.positionEncoding = positionEncoding
      self.watchesTemplates = watchesTemplates
      self.isReadOnly = isReadOnly
      self.version = version
    }

    package var json: JSONValue {
      let experimental = [
        ("templatesDidChange", watchesTemplates), ("readOnly", isReadOnly),
      ].filter(\.1).map { JSONMember($0.0, .bool(true)) }
      return .object([
        "capabilities": JSONObject.present([
          ("positionEncoding", .string(positionEncoding.rawValue)),
          // LSP TextDocumentSyncKind: 2 is incremental, which allows whole texts too.
          ("textDocumentSync", .object(["openClose": true, "change": 2])),
          ("experimental", experimental.isEmpty ? nil : .object(JSONObject(experimental))),
        ]),
        "serverInfo": .object(["name": "flowtime-sim", "version": .string(version)]),
      ])
    }
  }
}
