import JSONRPC
import Operations
import Server
import Source
import Templates
import Wire

extension Handlers {
  func validateTemplate(
    _ params: ValidateTemplateMethod.Params
  ) throws(RPCError) -> ValidateTemplateMethod.Result {
    let (choice, uri) = try choice(params.template)
    let mode = try mode(params.mode)
    let lint = try lint(params.lint)
    let result = try perform(uri: uri) { () throws(OperationFailure) in
      try ValidateTemplate.run(
        choice, parameters: params.parameters, mode: mode, lint: lint, in: snapshot, monitor)
    }
    return ValidateTemplateMethod.Result(
      isValid: result.isValid,
      diagnostics: wire(result.diagnostics, in: result.template.text, uri: uri),
      parameters: result.parameters, parametersSchema: result.template.parametersSchema)
  }

  func validateModel(_ params: ValidateModelMethod.Params) throws(RPCError)
    -> ValidateModelMethod.Result
  {
    let text = SourceText(params.model)
    let diagnostics = try perform { () throws(OperationFailure) in
      try ValidateModel.run(text, monitor)
    }
    return ValidateModelMethod.Result(
      isValid: !diagnostics.hasErrors, diagnostics: wire(diagnostics, in: text))
  }
}
