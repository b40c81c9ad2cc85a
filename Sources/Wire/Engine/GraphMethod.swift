package import JSON

/// `graph`: which nodes of a model read which.
package enum GraphMethod: Method {
  package static let name = "graph"
  package static let members = ["model", "workDoneToken"]

  package struct Params: WireParams {
    package var model: String

    package init(params: WireObject) throws(WireError) {
      model = try params.string("model")
    }
  }

  package struct Result: WireResult {
    /// In the order of the model, with the nodes that each reads.
    package var nodes: [(id: String, inputs: [String])]
    package var order: [String]

    package init(nodes: [(id: String, inputs: [String])], order: [String]) {
      self.nodes = nodes
      self.order = order
    }

    package var json: JSONValue {
      [
        "nodes": .array(
          nodes.map { ["id": .string($0.id), "inputs": .array($0.inputs.map(JSONValue.string))] }),
        "order": .array(order.map(JSONValue.string)),
      ]
    }
  }
}
