import JSONRPC
import Operations
import Server
import Source
import Templates
import Wire

extension Handlers {
  func listTemplates(_ params: Nothing) throws(RPCError) -> ListTemplatesMethod.Result {
    ListTemplatesMethod.Result(
      templates: snapshot.catalog.entries.map { info($0, withText: false) })
  }

  func getTemplate(_ params: GetTemplateMethod.Params) throws(RPCError) -> TemplateInfo {
    switch try choice(params.template) {
    case (.id(let id), _):
      let catalog = snapshot.catalog
      guard let entry = catalog[id] else {
        throw RPCError(
          OperationFailure.templateNotFound(id: id, near: catalog.near(id)), encoding)
      }
      return info(entry, withText: true)
    case (.text(let text), let uri):
      let entry = TemplateCatalog.Entry(path: "", text: text)
      var result = info(entry, withText: true, uri: uri)
      result.templateID = entry.document.metadata.id
      result.path = nil
      return result
    }
  }

  private func info(
    _ entry: TemplateCatalog.Entry, withText: Bool, uri: String? = nil
  ) -> TemplateInfo {
    let document = entry.document
    return TemplateInfo(
      templateID: entry.id.text, title: document.metadata.title,
      description: document.metadata.description,
      version: document.metadata.version, tags: document.metadata.tags,
      parameters: document.definitions.map(\.json), parametersSchema: document.parametersSchema,
      templateHash: document.hash, path: entry.path,
      diagnostics: wire(entry.diagnostics, in: document.text, uri: uri),
      isBroken: entry.isBroken, text: withText ? document.text.string : nil,
      rejected: entry.rejected.map { rejected in
        TemplateInfo.Rejected(
          diagnostics: wire(rejected.diagnostics, in: rejected.text),
          text: withText ? rejected.text.string : nil)
      })
  }
}
