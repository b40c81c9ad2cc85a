package import Wire

extension MethodTable {
  package static let sim = MethodTable(
    requests: [
      GenerateMethod.self, EmbedProvenanceMethod.self, ExtractProvenanceMethod.self,
      ExportProvenanceMethod.self, VerifyProvenanceMethod.self, RegenerateMethod.self,
      ValidateTemplateMethod.self, ValidateModelMethod.self, ExplainMethod.self, PreviewMethod.self,
      DiffMethod.self,
      ListTemplatesMethod.self, GetTemplateMethod.self,
    ],
    notifications: [DidOpenMethod.self, DidChangeMethod.self, DidCloseMethod.self])
}
