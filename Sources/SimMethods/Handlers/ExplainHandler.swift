import FlowModel
import JSON
import JSONRPC
import Operations
import Server
import Source
import Templates
import Wire

extension Handlers {
  func explain(_ params: ExplainMethod.Params) throws(RPCError) -> ExplainMethod.Result {
    let (choice, uri) = try choice(params.template)
    let mode = try mode(params.mode)
    let result: ExplainModel.Result
    do throws(ExplainModel.Problem) {
      result = try ExplainModel.run(
        choice, parameters: params.parameters, mode: mode, in: snapshot, monitor
      ) { model in
        switch params.focus {
        case .everything: .everything
        case .parameter(let name): .parameter(name)
        case .line(let line): .line(line)
        case .position(let position): .offset(Positions(model, encoding).offset(of: position))
        }
      }
    } catch {
      switch error {
      case .failure(let failure): throw RPCError(failure, encoding, uri: uri)
      case .parameterUnknown(let name, let near):
        throw .invalidParams(
          "params.parameter: the template has no parameter \(quoted(name))"
            + (near.map { "; did you mean \(quoted($0))?" } ?? ""))
      }
    }
    let model = Positions(result.model, encoding)
    let template = Positions(result.template.text, encoding)
    var touching = Set(result.nodes.flatMap(\.causes))
    if case .parameter(let name) = params.focus { touching.insert(ExactString(name)) }
    return ExplainMethod.Result(
      model: result.model.string,
      nodes: result.nodes.map { node in
        ExplainMethod.Node(
          path: node.path.description, range: model.range(node.range),
          templateRange: node.origin.isEmpty ? nil : template.range(node.origin),
          parameters: node.causes.map(\.text))
      },
      parameters: result.template.definitions.filter { touching.contains($0.name) }.map {
        definition in
        ExplainMethod.Parameter(
          name: definition.name.text, value: result.parameters[definition.name.text],
          isGiven: params.parameters[definition.name.text] != nil,
          declaration: template.range(definition.nameRange),
          fit: definition.type == .array ? definition.fit?.rawValue : nil)
      })
  }
}
