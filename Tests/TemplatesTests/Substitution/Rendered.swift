import FlowModel
import JSON
import Source
import Templates
import Testing

/// A template with values in place, as a test looks at it.
struct Rendered {
  let model: DataNode?
  let diagnostics: [Diagnostic]

  /// - Parameter values: JSON.
  init(_ template: String, _ values: String = "{}") throws {
    self.init(
      SourceText(template),
      try #require(try JSONDocument.parse(Array(values.utf8)).root.objectValue))
  }

  init(_ template: SourceText, _ values: JSONObject = JSONObject()) {
    let rendering = TemplateDocument(template).render(values, for: .generation)
    model = rendering.model
    diagnostics = rendering.diagnostics
  }

  /// What is wrong, except for what expressions say: what stands in them is no matter of substitution.
  var besideExpressions: [Diagnostic] {
    diagnostics.filter { !$0.code.rawValue.hasPrefix("expr-") }
  }

  var codes: [String] { diagnostics.map(\.code.rawValue) }

  /// As it is written; empty where there is none.
  var text: String { model.map { ModelEmitter.text(of: $0).string } ?? "" }

  /// The value at a path as one line of JSON, after writing the model and reading it again; nil where there is none.
  subscript(path: String) -> String? {
    guard let model else { return nil }
    var node = ModelReading(ModelEmitter.text(of: model)).data
    for step in path.split(separator: ".") {
      if let index = Int(step) {
        node = node.flatMap { $0.items.indices.contains(index) ? $0.items[index] : nil }
      } else {
        node = node?[ExactString(String(step))]
      }
    }
    return node?.json.map { String(decoding: $0.serialized(.compact), as: UTF8.self) }
  }
}
