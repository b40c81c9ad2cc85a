package import Wire

extension MethodTable {
  package static let engine = MethodTable(
    requests: [
      RunMethod.self, RunGroupMethod.self, GraphMethod.self, ListArtifactsMethod.self,
      GetArtifactMethod.self, GetRelatedArtifactsMethod.self, GetFileMethod.self,
      ListRunsMethod.self, GetRunMethod.self, GetModelMethod.self, GetProvenanceMethod.self,
      GetSeriesIndexMethod.self, GetSeriesMethod.self, TraceRunMethod.self,
      ChangeTagsMethod.self, ArchiveArtifactsMethod.self, DeleteArtifactsMethod.self,
      RebuildIndexMethod.self,
    ])
}
