package import JSON

/// `explain`: which nodes of a model a parameter touches, and where a line of the model comes from.
package enum ExplainMethod: Method {
  package static let name = "explain"
  package static let members = [
    "templateId", "template", "uri", "parameters", "mode", "parameter", "line", "position",
    "workDoneToken",
  ]

  package struct Params: WireParams {
    /// What is asked about: at most one of the three.
    package enum Focus: Hashable, Sendable {
      case everything
      case parameter(String)
      case line(Int)
      case position(WirePosition)
    }

    package var template: WireTemplate
    package var parameters: JSONObject
    package var mode: String?
    package var focus: Focus

    package init(params: WireObject) throws(WireError) {
      template = try WireTemplate(params: params)
      parameters = try params.optionalObject("parameters")?.object ?? JSONObject()
      mode = try params.optionalString("mode")
      let parameter = try params.optionalString("parameter")
      let line = try params.optionalInteger("line")
      let position = try params.optionalObject("position")
      switch (parameter, line, position) {
      case (nil, nil, nil): focus = .everything
      case (let parameter?, nil, nil): focus = .parameter(parameter)
      case (nil, let line?, nil):
        guard line >= 0 else { throw params.refused("line", "a number that is not negative") }
        focus = .line(line)
      case (nil, nil, let position?): focus = .position(try WirePosition(position))
      default: throw WireError("params: expected at most one of parameter, line and position")
      }
    }
  }

  /// A node of the model and what it comes from.
  package struct Node: Sendable {
    /// `nodes[2].values`.
    package var path: String
    package var range: WireRange
    /// Absent for what no template says, such as a `schemaVersion` that was added.
    package var templateRange: WireRange?
    package var parameters: [String]

    package init(
      path: String, range: WireRange, templateRange: WireRange?, parameters: [String]
    ) {
      self.path = path
      self.range = range
      self.templateRange = templateRange
      self.parameters = parameters
    }

    var json: JSONValue {
      JSONObject.present([
        ("path", .string(path)),
        ("range", range.json),
        ("templateRange", templateRange?.json),
        ("parameters", .array(parameters.map { .string($0) })),
      ])
    }
  }

  package struct Parameter: Sendable {
    package var name: String
    package var value: JSONValue?
    package var isGiven: Bool
    /// Its name in the template.
    package var declaration: WireRange
    package var fit: String?

    package init(
      name: String, value: JSONValue?, isGiven: Bool, declaration: WireRange, fit: String?
    ) {
      self.name = name
      self.value = value
      self.isGiven = isGiven
      self.declaration = declaration
      self.fit = fit
    }

    var json: JSONValue {
      JSONObject.present([
        ("name", .string(name)),
        ("value", value),
        ("given", .bool(isGiven)),
        ("declaration", declaration.json),
        ("fit", fit.map { .string($0) }),
      ])
    }
  }

  package struct Result: WireResult {
    package var model: String
    package var nodes: [Node]
    /// Those that touch the nodes, in declared order; with a parameter in question that one at least.
    package var parameters: [Parameter]

    package init(model: String, nodes: [Node], parameters: [Parameter]) {
      self.model = model
      self.nodes = nodes
      self.parameters = parameters
    }

    package var json: JSONValue {
      .object([
        "model": .string(model),
        "nodes": .array(nodes.map(\.json)),
        "parameters": .array(parameters.map(\.json)),
      ])
    }
  }
}
