/// Every request and notification that a client may send and that has a type here, in the order in which pages tell of
/// them.
package enum MethodTable {
  /// Requests; a test compares them with protocol/openrpc.json.
  package static let requests: [String] = [
    GenerateMethod.name, EmbedProvenanceMethod.name, ExtractProvenanceMethod.name,
    ExportProvenanceMethod.name, VerifyProvenanceMethod.name, RegenerateMethod.name,
    ValidateTemplateMethod.name, ValidateModelMethod.name, ExplainMethod.name, DiffMethod.name,
    ListTemplatesMethod.name, GetTemplateMethod.name, StatusMethod.name, EchoMethod.name,
    DiscoverMethod.name, InitializeMethod.name, ShutdownMethod.name,
  ]
}
