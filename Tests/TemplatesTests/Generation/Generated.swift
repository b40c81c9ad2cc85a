import FlowModel
import Foundation
import JSON
import Source
import Templates
import Testing

/// A model that was made of a template, as a test looks at it.
struct Generated {
  let model: DataNode
  /// As it is written.
  let text: String
  let diagnostics: [Diagnostic]

  /// The model is made, has no findings of its own, and reads back as it was.
  ///
  /// - Parameter values: JSON.
  init(
    _ template: String, _ values: String = "{}", mode: Mode? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let rendering = TemplateDocument(SourceText(template)).render(
      try #require(try JSONDocument.parse(Array(values.utf8)).root.objectValue), mode: mode,
      for: .generation)
    #expect(rendering.isValid, "\(rendering.diagnostics)", sourceLocation: sourceLocation)
    model = try #require(rendering.model, sourceLocation: sourceLocation)
    diagnostics = rendering.diagnostics
    let source = ModelEmitter.text(of: model)
    text = source.string
    let reading = ModelReading(source)
    #expect(reading.diagnostics == [], "\(text)", sourceLocation: sourceLocation)
    #expect(
      ModelHash.of(model) == reading.data.flatMap { ModelHash.of($0) }, "\(text)",
      sourceLocation: sourceLocation)
  }

  /// The value at a path such as `nodes.orders.values` as one line of JSON; items are named by their id or their place.
  subscript(path: String) -> String? {
    var node: DataNode? = model
    for step in path.split(separator: ".") {
      let items = node?.items ?? []
      if let item = items.first(where: { $0["id"]?.string == String(step) }) {
        node = item
      } else if let index = Int(step) {
        node = items.indices.contains(index) ? items[index] : nil
      } else {
        // A key of metadata has a point in it, written as '/'.
        node = node?[ExactString(step.replacingOccurrences(of: "/", with: "."))]
      }
    }
    return node?.json.map { String(decoding: $0.serialized(.compact), as: UTF8.self) }
  }

  /// The ids of a list's items.
  func ids(_ list: String) -> [String] {
    let node = list.split(separator: ".").reduce(model as DataNode?) { node, key in
      node?[ExactString(String(key))]
    }
    return (node?.items ?? []).compactMap { $0["id"]?.string }
  }

  var series: [String] { (model["outputs"]?.items ?? []).compactMap { $0["series"]?.string } }
}

/// A template of the newest level: three bins, and what a test adds.
func newest(
  _ topology: String, parameters: String = "", nodes: String = "", outputs: String = "\"*\"",
  bins: String = "3"
) -> String {
  """
  schemaVersion: 1
  mode: simulation
  metadata: {id: shop, title: Shop, version: 1.0.0}
  window: {start: "2025-01-01T00:00:00Z", timezone: UTC}
  parameters: [\(parameters)]
  grid: {bins: \(bins), binSize: 1, binUnit: hours}
  nodes:
    - {id: demand, kind: const, values: [30, 50, 20]}
    - {id: picked, kind: expr, expr: "MIN(demand, 40)"}
    - {id: spoiled, kind: const, values: [0, 5, 0]}
  \(nodes)
  outputs: [{series: \(outputs)}]
  topology:
    nodes:
  \(topology)

  """
}
