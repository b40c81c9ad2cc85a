import FlowModel
import JSONRPC
import Operations
import Server
import Source
import Templates
import Wire

extension Handlers {
  func generate(_ params: GenerateMethod.Params) throws(RPCError) -> GenerateMethod.Result {
    let (choice, uri) = try choice(params.template)
    var request = GenerateModel.Request(
      template: choice, parameters: params.parameters, mode: try mode(params.mode),
      embedsProvenance: params.embedProvenance)
    request.makesSourceMap = params.sourceMap
    request.lint = try lint(params.lint)
    if let naming = params.provenanceNaming {
      guard let known = Provenance.Naming(rawValue: naming) else {
        throw .invalidParams(
          "params.provenanceNaming: expected 'snake_case' or 'camelCase', not '\(naming)'")
      }
      request.naming = known
    }
    let result = try named(at: params.generatedAt, uri: uri) {
      (issuer) throws(OperationFailure) in
      try GenerateModel.run(request, in: snapshot, issuer: issuer, monitor)
    }
    return GenerateMethod.Result(
      model: result.model.string, provenance: result.provenance,
      diagnostics: wire(result.diagnostics, in: result.template.text, uri: uri),
      sourceMap: result.sourceMap.map { map in
        WireSourceMap(
          map, of: result.model, from: result.template, given: params.parameters, encoding)
      })
  }
}
