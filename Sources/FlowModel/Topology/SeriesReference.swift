package import Source

/// What a series field of a topology names: `self`, `file:<path>`, or `[series:]<node>[@<class>]`.
///
/// Source: docs/reference/model.md, "Series references".
package enum SeriesReference: Hashable, Sendable {
  /// `self`: the queue of the topology node that says it.
  case ownQueue
  /// Numbers outside the model.
  case file(path: String)
  /// The series of a node, or the part of it that belongs to a class.
  case node(ExactString, class: ExactString?)

  private static let seriesPrefix = "series:"
  private static let filePrefix = "file:"

  package init(_ text: String) {
    // Most are an id and nothing else.
    if !text.utf8.contains(where: { $0 == UInt8(ascii: "@") || $0 == UInt8(ascii: ":") }) {
      self = text == "self" ? .ownQueue : .node(ExactString(text), class: nil)
    } else if text.utf8.starts(with: SeriesReference.filePrefix.utf8) {
      self = .file(path: String(text.dropFirst(SeriesReference.filePrefix.utf8.count)))
    } else {
      let parts = SeriesReference.parts(of: text)
      self = .node(
        ExactString(String(parts.id)),
        class: parts.suffix.isEmpty ? nil : ExactString(String(parts.suffix.dropFirst())))
    }
  }

  /// The node that is named.
  package var node: ExactString? {
    if case .node(let id, _) = self { id } else { nil }
  }

  /// A reference's text with another node in it: `series:servd@gold` with `served` is `series:served@gold`.
  package static func replacingNode(in text: String, with id: String) -> String {
    let parts = parts(of: text)
    return parts.prefix + id + parts.suffix
  }

  /// - Returns: `series:` if it is there, the id, and the `@` with what follows it.
  private static func parts(of text: String) -> (prefix: String, id: Substring, suffix: Substring) {
    let prefix = text.utf8.starts(with: seriesPrefix.utf8) ? seriesPrefix : ""
    let rest = text[text.utf8.index(text.startIndex, offsetBy: prefix.utf8.count)...]
    let at = rest.utf8.firstIndex(of: UInt8(ascii: "@")) ?? rest.endIndex
    return (prefix, rest[..<at], rest[at...])
  }
}
