import Source

/// One item of a topology node's `constraints`.
struct ConstraintReference {
  let value: DataNode
  let path: DataPath

  static func all(_ model: ModelView) -> [ConstraintReference] {
    model.topology.flatMap { node in
      (node.value["constraints"]?.items ?? []).enumerated().map { index, value in
        ConstraintReference(value: value, path: node.path + "constraints" + index)
      }
    }
  }
}
