import JSON
import JSONRPC
import Operations
import Server
import Source
import Wire

extension Handlers {
  func exportProvenance(
    _ params: ExportProvenanceMethod.Params
  ) throws(RPCError) -> ExportProvenanceMethod.Result {
    guard let format = ExportProvenance.Format(rawValue: params.format) else {
      let known = ExportProvenance.Format.allCases.map { "'\($0.rawValue)'" }
      throw .invalidParams(
        "params.as: expected one of \(known.joined(separator: ", ")), not '\(params.format)'")
    }
    if let builder = params.builder, !URIText.isAbsolute(builder) {
      throw .invalidParams("params.builder: expected a URI with a scheme, not '\(builder)'")
    }
    var template: (choice: TemplateChoice, uri: String?)?
    if let named = params.template { template = try choice(named) }
    let request = ExportProvenance.Request(
      format: format, record: params.provenance.map { .value($0) } ?? .embedded,
      model: params.model.map { SourceText($0) },
      template: template?.choice, builder: params.builder)
    let result = try perform(uri: template?.uri) { () throws(OperationFailure) in
      try ExportProvenance.run(request, in: snapshot)
    }
    return ExportProvenanceMethod.Result(
      document: result.document, mediaType: format.mediaType,
      files: result.files.map {
        ExportProvenanceMethod.File(path: $0.path, text: $0.text.string)
      },
      notes: result.notes)
  }
}
