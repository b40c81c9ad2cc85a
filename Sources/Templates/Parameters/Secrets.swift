import FlowModel
import JSON
import Source

/// The sensitive values among those that were given, and what may be said where they stand.
///
/// A value reaches messages on many ways, in whole, in part and in sums. So a template is looked at without these values
/// as well: what is said then cannot depend on them. Of all else only the place and the rule are told.
/// Source: docs/reference/template.md, "sensitive".
struct Secrets: Sendable {
  private let names: [String]
  /// The given values that are not sensitive.
  let others: JSONObject

  init(_ definitions: [ParameterDefinition], among given: JSONObject) {
    let sensitive = Set(definitions.lazy.filter(\.isSensitive).map(\.name))
    names =
      sensitive.isEmpty
      ? [] : given.members.map(\.name).filter { sensitive.contains(ExactString($0)) }
    others =
      names.isEmpty
      ? given
      : JSONObject(given.members.filter { !sensitive.contains(ExactString($0.name)) })
  }

  var isEmpty: Bool { names.isEmpty }

  /// - Parameter known: what may be told as it is.
  func kept(_ diagnostics: [Diagnostic], known: [Diagnostic]) -> [Diagnostic] {
    let messages = Set(known.map(Telling.init))
    return diagnostics.map { diagnostic in
      if messages.contains(Telling(diagnostic)) { return diagnostic }
      var hidden = diagnostic
      hidden.message = message
      hidden.related = []
      hidden.fixIts = []
      return hidden
    }
  }

  private var message: String {
    let shown = names.prefix(3).map { quoted($0) }.joined(separator: ", ")
    return names.count == 1
      ? "this breaks the rule with the value of \(shown), which is sensitive and not shown"
      : "this breaks the rule with the values of \(shown)\(names.count > 3 ? ", …" : ""), which are sensitive and not shown"
  }

  /// A finding as a key, whatever its weight.
  private struct Telling: Hashable {
    let code: DiagnosticCode
    let range: ByteRange
    let message: ExactString
    let related: [Related]
    let fixIts: [FixIt]

    init(_ diagnostic: Diagnostic) {
      code = diagnostic.code
      range = diagnostic.range
      message = ExactString(diagnostic.message)
      related = diagnostic.related
      fixIts = diagnostic.fixIts
    }
  }
}
