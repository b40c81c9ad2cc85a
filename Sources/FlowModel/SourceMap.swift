package import Source
import YAML

/// Where each node of a model's text comes from: a place in the template, and the parameters whose values stand in it.
///
/// Source: docs/reference/source-map.md.
package struct SourceMap: Sendable {
  package struct Entry: Sendable {
    /// The node in the model's text.
    package let range: ByteRange
    /// What the template's author must change to change the node; empty for what no template says.
    package let origin: ByteRange
    /// Names of the parameters that made it what it is, in order of appearance.
    package let causes: [ExactString]
    /// Its text as the model has it is the whole of it: no mapping, and no list of mappings.
    package let isValue: Bool
    /// The entry of the collection around it; nil for the root.
    fileprivate let parent: Int?
    fileprivate let step: DataPath.Step?
  }

  /// In the order of the text, a collection before what stands in it.
  ///
  /// Items of a list that come from the same place as the list itself have no entries of their own: what is said of the
  /// list holds for them.
  package let entries: [Entry]

  /// - Parameters:
  ///   - model: what ``ModelEmitter`` wrote of `values`, with or without an embedded record.
  ///   - values: the model with the places and causes of its values.
  /// Complexity: linear in the model.
  package init(of model: SourceText, values: DataNode) {
    var walk = Walk()
    if let root = ModelDocument(model).root { walk.visit(root, values, parent: nil, step: nil) }
    entries = walk.entries
  }

  /// The way to the node of an entry.
  package func path(of index: Int) -> DataPath {
    var steps: [DataPath.Step] = []
    var next: Int? = index
    while let current = next, entries.indices.contains(current) {
      if let step = entries[current].step { steps.append(step) }
      next = entries[current].parent
    }
    return DataPath(steps.reversed())
  }
}

/// Both trees of a model at once: that of its text, and that of its values.
private struct Walk {
  var entries: [SourceMap.Entry] = []

  mutating func visit(
    _ node: YAMLNode, _ value: DataNode, parent: Int?, step: DataPath.Step?
  ) {
    let index = entries.count
    let isValue =
      switch value.content {
      case .mapping(let entries): entries.isEmpty
      case .sequence(let items): items.allSatisfy { $0.entries.isEmpty }
      default: true
      }
    entries.append(
      SourceMap.Entry(
        range: node.range, origin: value.range, causes: value.causes, isValue: isValue,
        parent: parent, step: step))
    switch value.content {
    case .mapping(let members):
      var members = members[...]
      for entry in node.entries {
        // An embedded record comes from no template: it is in the text and not among the values.
        guard let member = members.first, member.key == ExactString(entry.key.string) else {
          continue
        }
        members.removeFirst()
        visit(entry.value, member.value, parent: index, step: .key(member.key))
      }
    case .sequence(let items):
      for (position, (child, item)) in zip(node.items, items).enumerated()
      where item.range != value.range {
        visit(child, item, parent: index, step: .index(position))
      }
    default: break
    }
  }
}
