package import JSON

/// `listTemplates`: every template that is known by id.
package enum ListTemplatesMethod: Method {
  package static let name = "listTemplates"
  package typealias Params = Nothing

  package struct Result: WireResult {
    /// Sorted by id.
    package var templates: [TemplateInfo]

    package init(templates: [TemplateInfo]) {
      self.templates = templates
    }

    package var json: JSONValue { .object(["templates": .array(templates.map(\.json))]) }
  }
}
