import CommandLine
import Operations
import Source

extension DocumentKind {
  /// As a noun with its article.
  var described: String {
    switch self {
    case .template: "a template"
    case .model: "a model"
    case .record: "a provenance record"
    }
  }

  /// What one who has a file of this kind and wants another may do.
  fileprivate func advice(_ path: String, wanted: DocumentKind) -> String {
    switch (self, wanted) {
    case (.template, .record):
      "'flowtime-sim generate \(path) --provenance FILE' writes one beside the model"
    case (.template, _): "'flowtime-sim generate \(path)' makes a model of it"
    case (.model, .record):
      "'flowtime-sim extract \(path)' takes out the one of a model that has it"
    case (.model, _):
      "a template has 'metadata', and 'flowtime-sim validate \(path)' looks at a model"
    case (.record, _): "'flowtime-sim regenerate \(path)' makes its model again"
    }
  }
}

/// What to say of a file that is of one kind and stands where another belongs.
///
/// - Parameters:
///   - wanted: the kinds that belong there; the first is what is asked for.
///   - advice: what to do instead; nil for what fits the two kinds.
/// - Returns: nil where the file is of a kind that is wanted, or of none.
/// Complexity: that of parsing the text, so it is asked for where something has gone wrong already.
func wrongKind(
  _ path: String, _ text: SourceText, wanted: DocumentKind..., advice: String? = nil
) -> Stop? {
  guard let kind = DocumentKind(text), !wanted.contains(kind), let first = wanted.first else {
    return nil
  }
  // A model of another program may have metadata, but nobody's model has references.
  if kind == .template, first == .model, !text.contains("${") { return nil }
  let nouns = wanted.map(\.described).joined(separator: " or ")
  return .input(
    "\(path): error: this is \(kind.described), not \(nouns); "
      + (advice ?? kind.advice(path, wanted: first)))
}
