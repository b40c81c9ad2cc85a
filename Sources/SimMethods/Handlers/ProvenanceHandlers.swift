import FlowModel
import JSON
import JSONRPC
import Operations
import Server
import Source
import Wire

extension Handlers {
  func embedProvenance(_ params: EmbedProvenanceMethod.Params) throws(RPCError)
    -> EmbedProvenanceMethod.Result
  {
    guard let record = params.provenance.objectValue else {
      throw RPCError(
        OperationFailure.provenanceInvalid([
          "provenance must be an object, not \(params.provenance.kindName)"
        ]),
        encoding)
    }
    let model = try perform { () throws(OperationFailure) in
      try EmbedProvenance.run(record, in: SourceText(params.model), replacing: params.replace)
    }
    return EmbedProvenanceMethod.Result(model: model.string)
  }

  func extractProvenance(
    _ params: ExtractProvenanceMethod.Params
  ) throws(RPCError) -> ExtractProvenanceMethod.Result {
    let text = SourceText(params.model)
    let extraction = try perform { () throws(OperationFailure) in try ExtractProvenance.run(text) }
    return ExtractProvenanceMethod.Result(
      provenance: extraction.record, model: extraction.model.string,
      diagnostics: wire(extraction.diagnostics, in: text))
  }
}
