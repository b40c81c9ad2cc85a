import Source

/// One route of a router that is a mapping.
struct Route {
  let value: DataNode
  let path: DataPath

  static func all(_ model: ModelView) -> [Route] {
    model.routers.flatMap { node in
      (node.value["routes"]?.items ?? []).enumerated().compactMap { index, value in
        guard case .mapping = value.content else { return nil }
        return Route(value: value, path: "nodes" + node.index + "routes" + index)
      }
    }
  }

  /// Whether it says which classes take it, known or not.
  var hasClasses: Bool {
    value["classes"].map { $0.isUnknown || !$0.items.isEmpty } ?? false
  }
}
