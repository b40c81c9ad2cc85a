import Source

/// What the rules on profiles share.
enum Profile {
  /// What a profile's `kind` says.
  enum Kind: String, CaseIterable {
    case builtin, inline
  }

  /// The profiles of pmf nodes that are mappings.
  static func all(_ model: ModelView) -> [(node: ModelView.Item, profile: DataEntry)] {
    model.pmfs.compactMap { node in
      guard let entry = node.value.entry("profile"), case .mapping = entry.value.content else {
        return nil
      }
      return (node, entry)
    }
  }

  /// - Returns: nil where the kind is wrong or not known.
  static func kind(of profile: DataNode) -> Kind? {
    guard let kind = profile["kind"], !kind.isBlank else {
      return profile["kind"]?.isUnknown == true ? nil : .builtin
    }
    return kind.string.flatMap { Kind(rawValue: $0) }
  }

  static func path(_ node: ModelView.Item) -> DataPath { "nodes" + node.index + "profile" }
}
