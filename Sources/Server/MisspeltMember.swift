import JSON
import JSONRPC
import Source

/// A member of `params` that is not known but nearly one that is, and that one is not there. To ignore it would be to do
/// something else than was asked for; other members that are not known are ignored, as LSP asks.
///
/// Source: docs/guides/integrator.md, "Methods".
enum MisspeltMember {
  /// Names that people give to members that are called otherwise, and what they may be called.
  private static let otherNames = [
    "params": ["parameters"], "values": ["parameters"], "arguments": ["parameters"],
    "id": ["templateId", "runId"], "ids": ["runIds"], "record": ["provenance"], "format": ["as"],
    "text": ["template", "model"], "yaml": ["template", "model"],
  ]

  /// - Parameter known: the names of all members; none where nothing is misspelt.
  /// - Throws: an error that names both.
  static func refuse(_ params: JSONValue?, _ known: [String]) throws(RPCError) {
    guard let object = params?.objectValue, !known.isEmpty else { return }
    for member in object.members where !known.contains(member.name) {
      let absent = known.filter { object[$0] == nil }
      let meant =
        otherNames[member.name]?.first { absent.contains($0) }
        ?? Suggestion.only(member.name, among: absent)
      if let meant {
        throw .invalidParams("params: no member \(quoted(member.name)); did you mean '\(meant)'?")
      }
    }
  }
}
