package import Source

/// A text as YAML: its documents, tokens and events, and what is wrong with it.
///
/// Source: YAML 1.2.2, every production. Every byte of the text belongs to one token, valid or not.
package struct YAMLTree: Sendable {
  /// Everything about the text, shared by all nodes.
  final class Storage: Sendable {
    let text: SourceText
    let diagnostics: [Diagnostic]
    let records: [Record]
    let properties: [Properties]
    let documents: [DocumentRecord]
    let tagDirectives: [TagDirective]
    /// What no node holds because it is broken; sorted, apart from one another.
    let invalid: [ByteRange]
    let hasAliases: Bool

    init(_ text: SourceText, _ parser: consuming Parser) {
      self.text = text
      diagnostics = parser.diagnostics
      records = parser.records
      properties = parser.properties
      documents = parser.documents
      tagDirectives = parser.tagDirectives
      invalid = parser.invalid
      hasAliases = parser.hasAliases
    }
  }

  let storage: Storage

  /// Reads `text`, whatever it holds.
  ///
  /// - Parameter placeholders: whether `${name}` inside a plain scalar of a flow collection is text, so that
  ///   `[${a}, ${b}]` is a list of two scalars. YAML itself forbids such a scalar.
  /// Complexity: O(bytes), in time and in memory.
  package init(
    parsing text: SourceText, limits: YAMLLimits = YAMLLimits(), placeholders: Bool = false
  ) {
    var parser = Parser(limits: limits, placeholders: placeholders)
    parser.parse(text.bytes.span)
    storage = Storage(text, parser)
  }

  /// The tree that a node is of.
  package init(of node: YAMLNode) {
    storage = node.storage
  }

  package var text: SourceText { storage.text }

  /// Everything wrong with the text, sorted; at most ``YAMLLimits/diagnosticCountMax`` and one that says so.
  package var diagnostics: [Diagnostic] { storage.diagnostics }

  /// The root node of each document; an empty document has an empty plain scalar.
  package var documents: [YAMLNode] {
    storage.documents.map { YAMLNode(storage, $0.root) }
  }

  /// Whether any node of the text is an alias.
  package var hasAliases: Bool { storage.hasAliases }
}
