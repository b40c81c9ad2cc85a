package import FlowModel
package import JSON
package import Source
package import Templates

/// Why a model is what it is: which of its nodes a parameter touches, and what a node comes from.
package enum ExplainModel {
  /// Which nodes are asked about.
  package enum Focus: Hashable, Sendable {
    /// Every node that a parameter touches.
    case everything
    /// The nodes that this parameter touches.
    case parameter(String)
    /// The nodes of a 0-based line of the model.
    case line(Int)
    /// The innermost node around a byte of the model.
    case offset(Int)
  }

  package struct Node: Sendable {
    package let path: DataPath
    /// In the model.
    package let range: ByteRange
    /// In the template; empty for what no template says.
    package let origin: ByteRange
    package let causes: [ExactString]
  }

  package struct Result: Sendable {
    package let model: SourceText
    package let template: TemplateDocument
    /// Every effective value, in declared order.
    package let parameters: JSONObject
    /// In the order of the model.
    package let nodes: [Node]
  }

  /// What keeps a question from being one.
  package enum Problem: Error, Sendable {
    case failure(OperationFailure)
    case parameterUnknown(String, near: String?)
  }

  /// - Parameter focus: asks about the model that is made; it is called with its text.
  package static func run(
    _ choice: TemplateChoice, parameters: JSONObject, mode: Mode?,
    in snapshot: Snapshot, _ monitor: WorkMonitor = .unwatched, focus: (SourceText) -> Focus
  ) throws(Problem) -> Result {
    let template: TemplateDocument
    let rendered: RenderedModel
    do throws(OperationFailure) {
      template = try snapshot.template(choice, monitor)
      rendered = try snapshot.model(of: template, choice, parameters, mode: mode, monitor)
      try monitor.begin(.writing)
    } catch {
      throw .failure(error)
    }
    let model = rendered.text
    let map = SourceMap(of: model, values: rendered.data)
    let focus = focus(model)
    if case .parameter(let name) = focus,
      !template.definitions.contains(where: { $0.name == ExactString(name) })
    {
      throw .parameterUnknown(
        name, near: Suggestion.only(name, among: template.definitions.map(\.name.text)))
    }
    let nodes = indices(focus, in: map, of: model).map { index in
      let entry = map.entries[index]
      return Node(
        path: map.path(of: index), range: entry.range, origin: entry.origin, causes: entry.causes)
    }
    return Result(
      model: model, template: template, parameters: rendered.parameters, nodes: nodes)
  }

  private static func indices(_ focus: Focus, in map: SourceMap, of model: SourceText) -> [Int] {
    switch focus {
    case .everything:
      return map.entries.indices.filter { !map.entries[$0].causes.isEmpty }
    case .parameter(let name):
      let name = ExactString(name)
      return map.entries.indices.filter { map.entries[$0].causes.contains(name) }
    case .line(let line):
      guard let range = LineTable(model).range(ofLine: line) else { return [] }
      let values = map.entries.indices.filter { index in
        let entry = map.entries[index]
        return entry.isValue && entry.range.start < range.end
          && max(entry.range.end, entry.range.start + 1) > range.start
      }
      if !values.isEmpty { return values }
      // A line that holds a key alone: its value begins on the next.
      return map.entries.firstIndex { $0.range.start >= range.start }.map { [$0] } ?? []
    case .offset(let offset):
      // Entries nest: the last one that holds the place is the innermost.
      let innermost = map.entries.indices.last { index in
        let range = map.entries[index].range
        return range.start <= offset && offset <= range.end
      }
      return innermost.map { [$0] } ?? []
    }
  }
}
