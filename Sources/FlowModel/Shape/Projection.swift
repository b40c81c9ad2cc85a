import Source

extension Shape {
  /// A value of this shape in the order of its keys, without what is only said in templates and without entries that say
  /// nothing: `as:` and no `as` are one, and so are `edges: []` and no `edges`.
  package func projected(_ node: DataNode) -> DataNode {
    changed(node) ?? node
  }

  /// - Returns: nil where the value stays as it is, as most do: nothing is copied then.
  private func changed(_ node: DataNode) -> DataNode? {
    var changed = node
    switch (self, node.content) {
    case (.sequence(of: .number), _): return nil
    case (_, .sequence(let items)):
      let element = if case .sequence(of: let element) = self { element } else { Shape.any }
      guard let items = element.changed(items) else { return nil }
      changed.content = .sequence(items)
    case (.mapping(let keys, _), .mapping(let entries)):
      guard let entries = Shape.changed(entries, keys) else { return nil }
      changed.content = .mapping(entries)
    case (_, .mapping(let entries)) where entries.contains { $0.value.isNull }:
      changed.content = .mapping(
        entries.filter { !$0.value.isNull }.map { entry in
          DataEntry(
            key: entry.key, keyRange: entry.keyRange, value: Shape.any.projected(entry.value))
        })
    default: return nil
    }
    return changed
  }

  private func changed(_ items: [DataNode]) -> [DataNode]? {
    var changed: [DataNode]?
    for index in items.indices {
      guard let item = self.changed(items[index]) else { continue }
      if changed == nil { changed = items }
      changed?[index] = item
    }
    return changed
  }

  private static func changed(_ entries: [DataEntry], _ keys: [Key]) -> [DataEntry]? {
    var changed: [DataEntry]?
    let span = entries.span
    let shapes = keys.span
    var place = 0
    for index in span.indices {
      while place < shapes.count, !shapes[place].name.isKey(span[index].key) { place += 1 }
      guard place < shapes.count, !shapes[place].isTemplateOnly, !span[index].value.isNull else {
        return ordered(entries, keys)
      }
      if span[index].value.isCollection {
        let value = shapes[place].shape.changed(span[index].value)
        if shapes[place].isOptional,
          value?.isEmptyCollection ?? span[index].value.isEmptyCollection
        {
          return ordered(entries, keys)
        }
        if let value {
          if changed == nil { changed = entries }
          changed?[index].value = value
        }
      }
      place += 1
    }
    return changed
  }

  private static func ordered(_ entries: [DataEntry], _ keys: [Key]) -> [DataEntry] {
    keys.compactMap { key in
      guard !key.isTemplateOnly,
        var entry = entries.first(where: { $0.key.isKey(key.name) && !$0.value.isNull })
      else { return nil }
      entry.value = key.shape.projected(entry.value)
      return key.isOptional && entry.value.isEmptyCollection ? nil : entry
    }
  }
}
