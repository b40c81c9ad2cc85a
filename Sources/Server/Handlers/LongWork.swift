import JSON
import Operations
import Source
import Templates
import Wire

/// How long the answer to a request may take, judged by the bytes that it is about.
extension Handlers {
  /// Bytes of the params and of the template that they name; 0 for a method whose answers never take long.
  ///
  /// Complexity: linear in the values of params.
  func length(of method: String, _ params: JSONValue?) -> Int {
    switch method {
    case GenerateMethod.name, ExplainMethod.name, ValidateTemplateMethod.name, DiffMethod.name,
      VerifyProvenanceMethod.name, RegenerateMethod.name, ExportProvenanceMethod.name,
      ValidateModelMethod.name, EmbedProvenanceMethod.name, ExtractProvenanceMethod.name:
      guard let params else { return 0 }
      return params.length + templateLength(params)
    default: return 0
    }
  }

  private func templateLength(_ params: JSONValue) -> Int {
    if let uri = params.objectValue?["uri"]?.stringValue {
      return documents[uri]?.text.count ?? 0
    }
    let catalog = snapshot.catalog
    // Most catalogs hold small templates alone, and are not searched twice.
    guard catalog.longestTextLength > service.limits.inlineLengthMax else {
      return catalog.longestTextLength
    }
    guard let id = params.objectValue?["templateId"]?.stringValue else {
      // A record may name any of them.
      return params.objectValue?["template"] == nil ? catalog.longestTextLength : 0
    }
    return catalog[id]?.document.text.count ?? 0
  }
}

extension JSONValue {
  /// About how many bytes of memory it takes, in the measure of a text.
  fileprivate var length: Int {
    switch self {
    case .string(let text): 16 + text.utf8.count
    case .array(let items): items.reduce(16) { $0 + $1.length }
    case .object(let object):
      object.members.reduce(16) { $0 + 16 + $1.name.utf8.count + $1.value.length }
    default: 16
    }
  }
}
