package import Source
package import Templates

/// What an operation sees: the state at its place in the order of messages. It does not change while it is looked at.
package struct Snapshot: Sendable {
  package let catalog: TemplateCatalog

  package init(catalog: TemplateCatalog = TemplateCatalog()) {
    self.catalog = catalog
  }
}

/// Which template is meant.
package enum TemplateChoice: Hashable, Sendable {
  case id(String)
  case text(SourceText)
}

extension Snapshot {
  /// - Throws: ``OperationFailure/templateNotFound(id:near:)``.
  package func template(
    _ choice: TemplateChoice, _ monitor: WorkMonitor = .unwatched
  ) throws(OperationFailure) -> TemplateDocument {
    switch choice {
    case .text(let text):
      try monitor.begin(.readingTemplate)
      let document = TemplateDocument(text)
      try monitor.check()
      return document
    case .id(let id):
      guard let entry = catalog[id] else { throw .templateNotFound(id: id, near: catalog.near(id)) }
      return entry.document
    }
  }
}
