/// The template a request is about: exactly one of `templateId`, `template` (text) and `uri` (an open document).
package enum WireTemplate: Hashable, Sendable {
  case id(String)
  case text(String)
  case uri(String)

  /// nil where none of the three is there.
  package init?(ifPresent params: WireObject) throws(WireError) {
    guard ["templateId", "template", "uri"].contains(where: { params.present($0) != nil }) else {
      return nil
    }
    try self.init(params: params)
  }

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
