import JSON
import Operations
import Source
import Templates
import Wire

/// How long the answer to a request may take, judged by the bytes that it is about.
extension Handlers {
  /// Bytes of the params and of the template that they name, or a few more where that is not much; 0 for a method whose
  /// answers never take long.
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
    default: return 0
    }
  }

  private func length(withTemplate params: JSONValue) -> Int {
    let length = params.length
    if let uri = params.objectValue?["uri"]?.stringValue {
      return length + (documents[uri]?.text.count ?? 0)
    }
    let catalog = snapshot.catalog
    // Most requests are short whichever template they mean, and it is not searched for twice.
    if length + catalog.longestTextLength <= service.limits.inlineLengthMax {
      return length + catalog.longestTextLength
    }
    if params.objectValue?["template"] != nil { return length }
    // A record may name any of them.
    guard let id = params.objectValue?["templateId"]?.stringValue else {
      return length + catalog.longestTextLength
    }
    return length + (catalog[id]?.document.text.count ?? 0)
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
