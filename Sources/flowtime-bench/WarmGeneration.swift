import FlowModel
import JSON
import Operations
import Source
import Templates

/// Models of one template that is loaded, by id, as a daemon makes them.
final class WarmGeneration {
  private let id: String
  private let snapshot: Snapshot
  /// Sets of values that differ in one number: more than any memory of renderings holds.
  private let values: [JSONObject]
  private var next = 0

  convenience init(of text: SourceText) {
    let entry = TemplateCatalog.Entry(path: "template.yaml", text: text)
    self.init(
      of: entry.id.text, entry.document, in: Snapshot(catalog: TemplateCatalog([entry])))
  }

  init(of id: String, _ document: TemplateDocument, in snapshot: Snapshot) {
    self.id = id
    self.snapshot = snapshot
    values = WarmGeneration.values(for: document)
  }

  /// Values that no call before had, or none of the last thousand.
  func runChanged() -> Int {
    next = (next + 1) % values.count
    return run(values[next])
  }

  /// The same values in every call.
  func runAgain() -> Int { run(values[0]) }

  private func run(_ values: JSONObject) -> Int {
    let request = GenerateModel.Request(template: .id(id), parameters: values)
    let result = try? GenerateModel.run(request, in: snapshot, issuer: FixedIdentities(at: .epoch))
    return result?.model.count ?? 0
  }

  /// Sets that each give another value to the first number, the grid's aside, that may have
  /// so many.
  static func values(for document: TemplateDocument) -> [JSONObject] {
    for definition in document.definitions
    where definition.name != "bins" && definition.name != "binSize" {
      guard case .number(let number)? = definition.defaultValue else { continue }
      let sets = (0..<1_000).compactMap { step -> JSONObject? in
        let value =
          definition.type == .integer
          ? JSONNumber((number.integer ?? 0) + step)
          : JSONNumber(number.double * (1 - Double(step) / 1_000_000))
        return value.map { [definition.name.text: .number($0)] }
      }
      if let last = sets.last, document.render(last, for: .generation).isValid { return sets }
    }
    return [JSONObject()]
  }
}
