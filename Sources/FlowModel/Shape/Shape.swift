package import Source

/// Which keys a mapping may have and what their values are: the grammar of documents, as data.
///
/// Source: docs/reference/template.md and docs/reference/model.md.
package indirect enum Shape: Sendable {
  /// Closed: every other key is an error. In a model an open one may have more, of which nothing is said.
  case mapping([Key], isOpenInModels: Bool = false)
  /// A mapping whose keys its author chooses.
  case table(of: Shape)
  case sequence(of: Shape)
  case number
  /// Any scalar, kept as its text.
  case text
  /// Text; a number alone is an expression too.
  case expression
  /// A rule with a code of its own looks at the value.
  case any

  /// One key of a mapping.
  package struct Key: Sendable {
    package let name: ExactString
    package let shape: Shape
    /// Older spellings that templates may still use.
    package let oldNames: [ExactString]
    /// Other spellings that are as good.
    package let synonyms: [ExactString]
    /// Said in a template, not part of the model.
    package let isTemplateOnly: Bool
    /// Left out of the model where it is a collection with nothing in it.
    let isOptional: Bool

    package init(
      _ name: ExactString, _ shape: Shape, old: [ExactString] = [], synonyms: [ExactString] = [],
      isTemplateOnly: Bool = false, isOptional: Bool = false
    ) {
      self.name = name
      self.shape = shape
      self.oldNames = old
      self.synonyms = synonyms
      self.isTemplateOnly = isTemplateOnly
      self.isOptional = isOptional
    }
  }
}

extension Shape {
  /// The keys of a mapping, in the order they are written.
  package var keyNames: [ExactString] {
    if case .mapping(let keys, _) = self { keys.map(\.name) } else { [] }
  }

  /// For a message: "a mapping", "a list of numbers".
  var described: String {
    switch self {
    case .mapping, .table: "a mapping"
    case .sequence(of: .number): "a list of numbers"
    case .sequence: "a list"
    case .number: "a number"
    case .text: "text"
    case .expression: "an expression"
    case .any: "a value"
    }
  }
}
