/// The template a request is about: exactly one of `templateId`, `template` (text) and `uri` (an open document).
package enum WireTemplate: Hashable, Sendable {
  case id(String)
  case text(String)
  case uri(String)

  package init(params: WireObject) throws(WireError) {
    let id = try params.optionalString("templateId")
    let text = try params.optionalString("template")
    let uri = try params.optionalString("uri")
    switch (id, text, uri) {
    case (let id?, nil, nil): self = .id(id)
    case (nil, let text?, nil): self = .text(text)
    case (nil, nil, let uri?): self = .uri(uri)
    default: throw WireError("params: expected exactly one of templateId, template and uri")
    }
  }
}
