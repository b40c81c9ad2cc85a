package import Source

/// Which keys a mapping may have and what their values are: the grammar of documents, as data.
///
/// Source: docs/reference/template.md and docs/reference/model.md.
package indirect enum Shape: Sendable {
  /// Closed: every other key is an error.
  case mapping([Key])
  case sequence(of: Shape)
  case number
  /// Any scalar, kept as its text.
  case text
  /// Text; a number alone is an expression too.
  case expression
  /// A rule with a code of its own looks at the value.
  case any

  /// One key of a mapping.
  package struct Key: Sendable {
    package let name: ExactString
    package let shape: Shape
    /// Older spellings that templates may still use.
    package let oldNames: [ExactString]
    /// Other spellings that are as good.
    package let synonyms: [ExactString]
    /// Said in a template, not part of the model.
    package let isTemplateOnly: Bool

    package init(
      _ name: ExactString, _ shape: Shape, old: [ExactString] = [], synonyms: [ExactString] = [],
      isTemplateOnly: Bool = false
    ) {
      self.name = name
      self.shape = shape
      self.oldNames = old
      self.synonyms = synonyms
      self.isTemplateOnly = isTemplateOnly
    }
  }
}

extension Shape {
  /// A model at the base level, with what a template may say of it besides; keys in the order they are written.
  package static let model: Shape = .mapping([
    Key("schemaVersion", .any),
    Key("metadata", .any, isTemplateOnly: true),
    Key("parameters", .any, isTemplateOnly: true),
    Key("provenance", .any),
    Key(
      "grid",
      .mapping([Key("bins", .any), Key("binSize", .any), Key("binUnit", .any), Key("start", .any)])),
    Key(
      "nodes",
      .sequence(
        of: .mapping([
          Key("id", .any), Key("kind", .any), Key("values", .sequence(of: .number)),
          Key(
            "pmf",
            .mapping([
              Key("values", .sequence(of: .number)), Key("probabilities", .sequence(of: .number)),
              Key("policy", .any, isTemplateOnly: true),
            ])),
          Key("expr", .expression, old: ["expression"]),
          Key("dependencies", .any, isTemplateOnly: true),
        ]))),
    Key(
      "outputs",
      .sequence(
        of: .mapping([
          Key("id", .any, isTemplateOnly: true), Key("series", .any, old: ["source"]),
          Key("as", .any, old: ["filename"]), Key("description", .text, isTemplateOnly: true),
        ]))),
    Key("rng", .mapping([Key("kind", .any), Key("seed", .any)])),
  ])
}

/// Brings a document into the shape of a model: finds unknown keys and wrong types, renames old spellings.
package struct Shaper {
  package let origin: ModelView.Origin
  package var findings = Findings()
  /// Where the value being looked at stands.
  private var path = DataPath()

  package init(origin: ModelView.Origin) {
    self.origin = origin
  }

  /// The value in the order and spelling of `shape`, without what is only said in templates.
  ///
  /// What does not fit is reported and becomes unknown, so that rules are silent over it.
  package mutating func fit(_ node: DataNode, _ shape: Shape, at path: DataPath = DataPath())
    -> DataNode
  {
    self.path = path
    return fit(node, shape)
  }

  private mutating func fit(_ node: DataNode, _ shape: Shape) -> DataNode {
    if node.isUnknown || node.isNull { return node }
    switch (shape, node.content) {
    case (.any, _): return node
    case (.number, .number), (.text, .string), (.expression, .string): return node
    case (.text, .number(let value)):
      return DataNode(.string(value.spelling), at: node.range, causes: node.causes)
    case (.text, .bool(let value)):
      return DataNode(.string(value ? "true" : "false"), at: node.range, causes: node.causes)
    case (.expression, .number(let value)):
      return DataNode(.string(value.expressionTerm), at: node.range, causes: node.causes)
    case (.sequence(let element), .sequence(let items)):
      var fitted: [DataNode] = []
      fitted.reserveCapacity(items.count)
      for (index, item) in items.enumerated() {
        if case .number = element, case .number = item.content {
          fitted.append(item)
        } else {
          path.steps.append(.index(index))
          defer { path.steps.removeLast() }
          if item.isNull {
            findings.add(
              ValueType.self, at: item.range, "\(path) must be \(element.described), not nothing",
              path: path)
            fitted.append(DataNode(.unknown, at: item.range))
          } else {
            fitted.append(fit(item, element))
          }
        }
      }
      return DataNode(.sequence(fitted), at: node.range, causes: node.causes)
    case (.mapping(let keys), .mapping(let entries)):
      return DataNode(.mapping(fit(entries, keys)), at: node.range, causes: node.causes)
    default:
      findings.add(
        ValueType.self, at: node.range, "\(path) must be \(shape.described), not \(node.described)",
        path: path)
      return DataNode(.unknown, at: node.range)
    }
  }

  private mutating func fit(_ entries: [DataEntry], _ keys: [Shape.Key]) -> [DataEntry] {
    var found = [DataEntry?](repeating: nil, count: keys.count)
    // Keys that a misspelt one seems to mean: they are not missing too.
    var meant: [Int: ByteRange] = [:]
    for entry in entries {
      guard let (index, isOld) = match(entry.key, keys) else {
        if let index = report(unknown: entry, keys) { meant[index] = entry.keyRange }
        continue
      }
      let key = keys[index]
      if let other = found[index] {
        if other.key != entry.key {
          findings.add(
            KeySpelledTwice.self, at: entry.keyRange,
            "\(quoted(entry.key.text)) and \(quoted(other.key.text)) are two spellings of one key; keep one",
            path: path + entry.key, related: [Related(other.keyRange, "the other spelling")])
        }
        continue
      }
      if isOld {
        findings.add(
          KeyDeprecated.self, at: entry.keyRange,
          "\(quoted(entry.key.text)) is an old spelling of \(quoted(key.name.text))",
          path: path + entry.key,
          fixIts: [
            FixIt("change to \(quoted(key.name.text))", [TextEdit(entry.keyRange, key.name.text)])
          ])
      }
      path.steps.append(.key(entry.key))
      found[index] = DataEntry(
        key: entry.key, keyRange: entry.keyRange, value: fit(entry.value, key.shape))
      path.steps.removeLast()
    }
    for (index, range) in meant where found[index] == nil {
      found[index] = DataEntry(
        key: keys[index].name, keyRange: range, value: DataNode(.unknown, at: range))
    }
    var fitted: [DataEntry] = []
    for (key, entry) in zip(keys, found) {
      guard var entry, !key.isTemplateOnly else { continue }
      entry.key = key.name
      fitted.append(entry)
    }
    return fitted
  }

  /// The key of that name, and whether the name is an old one.
  private func match(_ name: ExactString, _ keys: [Shape.Key]) -> (index: Int, isOld: Bool)? {
    for (index, key) in keys.enumerated() {
      switch origin {
      case .template:
        if key.name == name || key.synonyms.contains(name) { return (index, false) }
        if key.oldNames.contains(name) { return (index, true) }
      case .model:
        if key.name == name, !key.isTemplateOnly { return (index, false) }
      }
    }
    return nil
  }

  /// - Returns: the place of the key that seems to be meant.
  private mutating func report(unknown entry: DataEntry, _ keys: [Shape.Key]) -> Int? {
    let present = keys.filter { origin == .template || !$0.isTemplateOnly }
    let renamed = keys.first { $0.oldNames.contains(entry.key) }
    let near = KeyUnknown.report(
      entry.key, at: entry.keyRange, in: path, known: present.map(\.name.text),
      meant: renamed?.name.text, &findings)
    return near.flatMap { near in keys.firstIndex { $0.name == ExactString(near) } }
  }
}

extension Shape {
  /// For a message: "a mapping", "a list of numbers".
  fileprivate var described: String {
    switch self {
    case .mapping: "a mapping"
    case .sequence(of: .number): "a list of numbers"
    case .sequence: "a list"
    case .number: "a number"
    case .text: "text"
    case .expression: "an expression"
    case .any: "a value"
    }
  }
}
