package import JSON

/// A source map as it is sent. All places are offsets in code units of the agreed encoding, from the start of their text.
///
/// Source: docs/reference/source-map.md.
package struct WireSourceMap: Hashable, Sendable {
  package struct Run: Hashable, Sendable {
    package var start: Int
    package var length: Int

    package init(start: Int, length: Int) {
      self.start = start
      self.length = length
    }
  }

  package struct Parameter: Hashable, Sendable {
    package var name: String
    /// Whether the request had a value for it; else its default is in effect.
    package var isGiven: Bool
    /// Its name in the template.
    package var declaration: Run
    /// What an array parameter does when the grid has another length; nil for others.
    package var fit: String?

    package init(name: String, isGiven: Bool, declaration: Run, fit: String?) {
      self.name = name
      self.isGiven = isGiven
      self.declaration = declaration
      self.fit = fit
    }
  }

  package struct Node: Hashable, Sendable {
    package var model: Run
    package var template: Run
    /// Indices into the parameters.
    package var parameters: [Int]

    package init(model: Run, template: Run, parameters: [Int]) {
      self.model = model
      self.template = template
      self.parameters = parameters
    }
  }

  package var parameters: [Parameter]
  /// In the order of the model's text.
  package var nodes: [Node]

  package init(parameters: [Parameter], nodes: [Node]) {
    self.parameters = parameters
    self.nodes = nodes
  }

  package var json: JSONValue {
    var sets: [[Int]: Int] = [[]: 0]
    var listed: [JSONValue] = [.array([])]
    var numbers: [JSONValue] = []
    var last: [Int] = []
    var repeats = 0
    var model = 0
    var template = 0
    func number(_ value: Int) -> JSONValue { .number(JSONNumber(value)) }
    func flush() {
      if repeats > 0 { numbers.append(number(-repeats)) }
      repeats = 0
    }
    for node in nodes {
      let set: Int
      if let known = sets[node.parameters] {
        set = known
      } else {
        set = listed.count
        sets[node.parameters] = set
        listed.append(.array(node.parameters.map(number)))
      }
      let group = [
        node.model.start - model, node.model.length, node.template.start - template,
        node.template.length, set,
      ]
      model = node.model.start
      template = node.template.start
      if group == last {
        repeats += 1
        continue
      }
      flush()
      numbers += group.map(number)
      last = group
    }
    flush()
    return [
      "version": 1,
      "parameters": .array(
        parameters.map { parameter in
          JSONObject.present([
            ("name", .string(parameter.name)),
            ("given", .bool(parameter.isGiven)),
            (
              "declaration",
              .array([number(parameter.declaration.start), number(parameter.declaration.length)])
            ),
            ("fit", parameter.fit.map { .string($0) }),
          ])
        }),
      "parameterSets": .array(listed),
      "nodes": .array(numbers),
    ]
  }
}
