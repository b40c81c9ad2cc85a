import FlowModel
import Source
import YAML

/// What the top-level keys of a template mean, misspelt ones included.
///
/// One that is nearly `metadata` or `parameters` is read as that, and blamed for its spelling alone.
struct RootNames {
  private let present: Set<ExactString>

  init(_ root: YAMLNode) {
    present = Set(
      root.entries.lazy.filter { $0.key.kind == .scalar }.map { ExactString($0.key.string) })
  }

  func meaning(of key: ExactString) -> ExactString {
    guard !RootNames.known.contains(key) else { return key }
    let meant = Suggestion.only(key.text, among: RootNames.known.map(\.text)).map {
      ExactString($0)
    }
    guard let meant, meant == "metadata" || meant == "parameters", !present.contains(meant) else {
      return key
    }
    return meant
  }

  private static let known = Shape.model.keyNames
}
