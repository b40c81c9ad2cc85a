import JSON
import Operations
import Server
import Source
import Templates
import Wire

/// How long the answer to a request may take, judged by the bytes that it is about and by those that are made of them.
extension Handlers {
  /// Bytes of the params and of the template that they name, and of the values that the grid makes of it, or a few more
  /// where that is not much; 0 for a method whose answers never take long.
  ///
  /// Complexity: linear in the values of params.
  func length(of method: String, _ params: JSONValue?) -> Int {
    guard let params else { return 0 }
    switch method {
    case ValidateModelMethod.name, EmbedProvenanceMethod.name, ExtractProvenanceMethod.name:
      return params.length
    case GenerateMethod.name, ExplainMethod.name, ValidateTemplateMethod.name, DiffMethod.name,
      VerifyProvenanceMethod.name, RegenerateMethod.name, ExportProvenanceMethod.name:
      return length(withTemplate: params)
    case PreviewMethod.name:
      return length(withTemplate: params, for: .running)
    default: return 0
    }
  }

  /// Bytes of an open document, and of the values that the grid makes of it.
  func length(of document: OpenDocuments.Document) -> Int {
    let length = document.text.count
    // What is long enough need not be looked at.
    return length > service.simLimits.server.inlineLengthMax
      ? length : length + TemplateScale(document.text).length { _ in nil }
  }

  private func length(
    withTemplate params: JSONValue, for purpose: TemplateScale.Purpose = .making
  ) -> Int {
    let length = params.length
    // What is long enough need not be looked at.
    if length > service.simLimits.server.inlineLengthMax { return length }
    func given(_ name: String) -> Int? { params.greatestNumber(named: name) }
    if let uri = params.objectValue?["uri"]?.stringValue {
      guard let text = documents[uri]?.text else { return length }
      let sum = length + text.count
      return sum > service.simLimits.server.inlineLengthMax
        ? sum : sum + TemplateScale(text, for: purpose).length(given)
    }
    if let text = params.objectValue?["template"]?.stringValue {
      return length + TemplateScale(SourceText(text), for: purpose).length(given)
    }
    if purpose == .running, let model = params.objectValue?["model"]?.stringValue {
      return length + TemplateScale(SourceText(model), for: purpose).length { _ in nil }
    }
    let catalog = snapshot.catalog
    // A record may name any of them.
    guard let id = params.objectValue?["templateId"]?.stringValue else {
      let made = catalog.entries.map { $0.scale.length(given) }.max() ?? 0
      return length + catalog.longestTextLength + made
    }
    guard let entry = catalog[id] else { return length }
    let scale =
      purpose == .making ? entry.scale : TemplateScale(entry.document.text, for: purpose)
    return length + entry.document.text.count + scale.length(given)
  }
}

extension JSONValue {
  /// About how many bytes of memory it takes, in the measure of a text.
  fileprivate var length: Int {
    var length = 16
    switch self {
    case .string(let text): length += text.utf8.count
    case .array(let items): for item in items { length += item.length }
    case .object(let object):
      for member in object.members { length += 16 + member.name.utf8.count + member.value.length }
    default: break
    }
    return length
  }

  /// The greatest whole number that a member of that name has, at any depth.
  fileprivate func greatestNumber(named name: String) -> Int? {
    var greatest: Int?
    func take(_ number: Int?) { if let number { greatest = max(greatest ?? number, number) } }
    switch self {
    case .array(let items): for item in items { take(item.greatestNumber(named: name)) }
    case .object(let object):
      for member in object.members {
        take(
          member.name.utf8.elementsEqual(name.utf8)
            ? member.value.numberValue?.integer : member.value.greatestNumber(named: name))
      }
    default: break
    }
    return greatest
  }
}
