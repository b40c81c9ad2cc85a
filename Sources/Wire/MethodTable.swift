/// Every request and notification that a client may send.
package enum MethodTable {
  private static var requestTypes: [any Method.Type] {
    [
      GenerateMethod.self, EmbedProvenanceMethod.self, ExtractProvenanceMethod.self,
      ExportProvenanceMethod.self, VerifyProvenanceMethod.self, RegenerateMethod.self,
      ValidateTemplateMethod.self, ValidateModelMethod.self, ExplainMethod.self, DiffMethod.self,
      ListTemplatesMethod.self, GetTemplateMethod.self, StatusMethod.self, InitializeMethod.self,
      ShutdownMethod.self,
    ]
  }
  private static var notificationTypes: [any Method.Type] {
    [
      DidOpenMethod.self, DidChangeMethod.self, DidCloseMethod.self, SetTraceMethod.self,
    ]
  }

  /// Names of requests; a test compares them with protocol/openrpc.json.
  package static let requests: [String] =
    requestTypes.map { $0.name } + [EchoMethod.name, DiscoverMethod.name]

  /// Names of those that are refused to clients who may only read; see ``Method/writes``.
  package static let writing: Set<String> = Set(
    (requestTypes + notificationTypes).filter { $0.writes }.map { $0.name })
}
