package import JSON

/// LSP `initialize`: the two ends agree on how positions are counted.
package enum InitializeMethod: Method {
  package static let name = "initialize"

  package struct Params: WireParams {
    /// In the client's order of preference; unknown ones are left out.
    package var positionEncodings: [PositionEncoding]
    /// The process that started this one, which must not outlive it.
    package var processID: Int?

    package init(params: WireObject) throws(WireError) {
      processID = try params.optionalInteger("processId")
      let general = try params.optionalObject("capabilities")?.optionalObject("general")
      positionEncodings =
        try general?.optionalArray("positionEncodings")?
        .compactMap { $0.stringValue.flatMap(PositionEncoding.init(rawValue:)) } ?? []
    }
  }

  package struct Result: WireResult {
    package var positionEncoding: PositionEncoding
    package var version: String

    package init(positionEncoding: PositionEncoding, version: String) {
      self.positionEncoding = positionEncoding
      self.version = version
    }

    package var json: JSONValue {
      .object([
        "capabilities": .object([
          "positionEncoding": .string(positionEncoding.rawValue),
          // LSP TextDocumentSyncKind: 2 is incremental, which allows whole texts too.
          "textDocumentSync": .object(["openClose": true, "change": 2]),
        ]),
        "serverInfo": .object(["name": "flowtime-sim", "version": .string(version)]),
      ])
    }
  }
}
