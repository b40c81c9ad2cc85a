package import JSON

/// LSP `initialize`: the two ends agree on how positions are counted.
package enum InitializeMethod: Method {
  package static let name = "initialize"

  package struct Params: WireParams {
    /// In the client's order of preference; unknown ones are left out.
    package var positionEncodings: [PositionEncoding]
    /// The process that started this one, which must not outlive it.
    package var processID: Int?
    /// `capabilities.experimental`: what is no part of LSP.
    private let experimental: JSONObject?
    /// A value that is not known counts as off.
    package var trace: TraceValue

    package init(params: WireObject) throws(WireError) {
      processID = try params.optionalInteger("processId")
      trace = try params.optionalString("trace").flatMap(TraceValue.init(rawValue:)) ?? .off
      let capabilities = try params.optionalObject("capabilities")
      let general = try capabilities?.optionalObject("general")
      // LSPAny: what others put there is theirs.
      experimental = capabilities?.present("experimental")?.objectValue
      positionEncodings =
        try general?.optionalArray("positionEncodings")?
        .compactMap { $0.stringValue.flatMap(PositionEncoding.init(rawValue:)) } ?? []
    }

    /// Whether the client wants what a member of `capabilities.experimental` stands for.
    package func wants(_ name: String) -> Bool { experimental?[name]?.boolValue ?? false }
  }

  /// What one program agrees on with a client.
  package struct Capabilities: Sendable {
    /// nil where it knows no texts.
    package var positionEncoding: PositionEncoding?
    /// Whether it takes open documents.
    package var syncsDocuments = false
    /// Members of `experimental`: what the client asked to be told of and will be.
    package var news: [String] = []

    package init() {}
  }

  package struct Result: WireResult {
    package var capabilities: Capabilities
    /// Whether what writes is refused to the client.
    package var isReadOnly: Bool
    /// Of the program.
    package var name: String
    package var version: String

    package init(capabilities: Capabilities, isReadOnly: Bool, name: String, version: String) {
      self.capabilities = capabilities
      self.isReadOnly = isReadOnly
      self.name = name
      self.version = version
    }

    package var json: JSONValue {
      let experimental = (capabilities.news + (isReadOnly ? ["readOnly"] : [])).map {
        JSONMember($0, .bool(true))
      }
      return .object([
        "capabilities": JSONObject.present([
          ("positionEncoding", capabilities.positionEncoding.map { .string($0.rawValue) }),
          // LSP TextDocumentSyncKind: 2 is incremental, which allows whole texts too.
          (
            "textDocumentSync",
            capabilities.syncsDocuments ? .object(["openClose": true, "change": 2]) : nil
          ),
          ("experimental", experimental.isEmpty ? nil : .object(JSONObject(experimental))),
        ]),
        "serverInfo": .object(["name": .string(name), "version": .string(version)]),
      ])
    }
  }
}
