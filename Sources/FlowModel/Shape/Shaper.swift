import Source

/// Brings a document into the shape of a model: finds unknown keys and wrong types, renames old spellings.
package struct Shaper {
  package let origin: ModelView.Origin
  package var findings = Findings()
  /// Where the value being looked at stands.
  private var path = DataPath()

  package init(origin: ModelView.Origin) {
    self.origin = origin
  }

  /// The value in the order and spelling of `shape`.
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
      let term = value.expressionTerm
      return DataNode(
        .string(term), at: node.range, causes: node.causes,
        pieces: TextPieces(whole: node.range, isParameter: false, length: term.utf8.count))
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
    case (.mapping(let keys, let isOpen), .mapping(let entries)):
      return DataNode(
        .mapping(fit(entries, keys, isOpen: isOpen && origin == .model)), at: node.range,
        causes: node.causes)
    case (.table(let element), .mapping(let entries)):
      let fitted = entries.map { entry in
        path.steps.append(.key(entry.key))
        defer { path.steps.removeLast() }
        return DataEntry(key: entry.key, keyRange: entry.keyRange, value: fit(entry.value, element))
      }
      return DataNode(.mapping(fitted), at: node.range, causes: node.causes)
    default:
      findings.add(
        ValueType.self, at: node.range, "\(path) must be \(shape.described), not \(node.described)",
        path: path)
      return DataNode(.unknown, at: node.range)
    }
  }

  private mutating func fit(_ entries: [DataEntry], _ keys: [Shape.Key], isOpen: Bool)
    -> [DataEntry]
  {
    var found = [DataEntry?](repeating: nil, count: keys.count)
    // Keys that a misspelt one seems to mean: they are not missing too.
    var meant: [Int: ByteRange] = [:]
    for entry in entries {
      guard let (index, isOld) = match(entry.key, keys) else {
        if isOpen { continue }
        if let index = report(unknown: entry, among: entries, keys) {
          meant[index] = entry.keyRange
        }
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
      guard var entry else { continue }
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
  private mutating func report(
    unknown entry: DataEntry, among entries: [DataEntry], _ keys: [Shape.Key]
  ) -> Int? {
    let allowed = keys.filter { origin == .template || !$0.isTemplateOnly }
    let renamed = keys.first { $0.oldNames.contains(entry.key) }
    let near = KeyUnknown.report(
      entry.key, at: entry.keyRange, in: path, known: allowed.map(\.name.text),
      present: entries.lazy.map(\.key), meant: renamed?.name.text, &findings)
    return near.flatMap { near in keys.firstIndex { $0.name == ExactString(near) } }
  }
}

extension Shape {
  /// A value of this shape in the order of its keys, without what is only said in templates.
  package func projected(_ node: DataNode) -> DataNode {
    var node = node
    switch (self, node.content) {
    case (.mapping(let keys, _), .mapping):
      node.content = .mapping(
        keys.compactMap { key in
          guard !key.isTemplateOnly, var entry = node.entry(key.name) else { return nil }
          entry.value = key.shape.projected(entry.value)
          return entry
        })
    case (.sequence(of: let element), .sequence(let items)):
      if case .mapping = element { node.content = .sequence(items.map(element.projected)) }
    default: break
    }
    return node
  }
}
