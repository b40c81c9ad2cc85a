package import Source
package import YAML

/// The document that a ``ModelView`` was read from, where a fix must know how it is written.
package struct ModelSource: Sendable {
  package let root: YAMLNode
  /// Names of the parameters that a template declares.
  package let parameters: [ExactString]

  package init(_ root: YAMLNode, parameters: [ExactString] = []) {
    self.root = root
    self.parameters = parameters
  }

  package var tree: YAMLTree { YAMLTree(of: root) }

  /// The node at a path, if it is written there and not brought by an alias. Complexity: O(entries and items passed).
  func node(at path: DataPath) -> YAMLNode? {
    var node = root
    for step in path.steps {
      let next: YAMLNode?
      switch step {
      case .key(let key):
        next =
          node.entries.first { $0.key.kind == .scalar && ExactString($0.key.string) == key }?.value
      case .index(let index): next = node.items.item(at: index)
      }
      guard let next, next.kind != .alias else { return nil }
      node = next
    }
    return node
  }

  /// The name in the reference `${name}` that a range holds, if it holds one and nothing else.
  func parameter(at range: ByteRange) -> String? {
    let written = tree.text.string(in: range)
    guard written.hasPrefix("${"), written.hasSuffix("}") else { return nil }
    let name = String(written.dropFirst(2).dropLast())
    return Identifier.isValid(name) ? name : nil
  }

  /// The byte that a value begins with: `{`, `"`, or the first of a plain scalar.
  func firstByte(of range: ByteRange) -> UInt8? {
    let bytes = tree.text.bytes
    return bytes.indices.contains(range.start) ? bytes[range.start] : nil
  }
}
