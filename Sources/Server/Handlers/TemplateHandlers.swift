import JSONRPC
import Operations
import Source
import Templates
import Wire

extension Handlers {
  func listTemplates(_ params: Nothing) throws(RPCError) -> ListTemplatesMethod.Result {
    ListTemplatesMethod.Result(
      templates: service.snapshot.catalog.entries.map { info($0, withText: false) })
  }

  func getTemplate(_ params: GetTemplateMethod.Params) throws(RPCError) -> TemplateInfo {
    let catalog = service.snapshot.catalog
    guard let entry = catalog[params.templateID] else {
      throw RPCError(
        OperationFailure.templateNotFound(
          id: params.templateID, near: catalog.near(params.templateID)), encoding)
    }
    return info(entry, withText: true)
  }

  private func info(_ entry: TemplateCatalog.Entry, withText: Bool) -> TemplateInfo {
    let document = entry.document
    return TemplateInfo(
      templateID: entry.id.text, title: document.metadata.title,
      description: document.metadata.description,
      version: document.metadata.version, tags: document.metadata.tags,
      parameters: document.definitions.map(\.json), parametersSchema: document.parametersSchema,
      templateHash: document.hash, path: entry.path,
      diagnostics: wire(entry.diagnostics, in: document.text),
      isBroken: entry.isBroken, text: withText ? document.text.string : nil)
  }
}
