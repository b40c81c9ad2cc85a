import FlowModel
import JSON
import Server
import Source
import Templates
import Wire

extension WireSourceMap {
  /// - Parameter given: the values of the request.
  init(
    _ map: SourceMap, of model: SourceText, from template: TemplateDocument, given: JSONObject,
    _ encoding: PositionEncoding
  ) {
    let modelUnits = CodeUnits(model, encoding)
    let templateUnits = CodeUnits(template.text, encoding)
    var places: [ExactString: Int] = [:]
    for (place, definition) in template.definitions.enumerated() {
      places[definition.name] = place
    }
    self.init(
      parameters: template.definitions.map { definition in
        Parameter(
          name: definition.name.text, isGiven: given[definition.name.text] != nil,
          declaration: templateUnits.run(definition.nameRange),
          fit: definition.type == .array ? definition.fit?.rawValue : nil)
      },
      nodes: map.entries.map { entry in
        Node(
          model: modelUnits.run(entry.range), template: templateUnits.run(entry.origin),
          parameters: entry.causes.compactMap { places[$0] })
      })
  }
}
