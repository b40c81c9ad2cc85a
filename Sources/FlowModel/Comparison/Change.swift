package import Source

/// One difference between two trees.
package struct Change: Sendable {
  package enum Kind: String, CaseIterable, Sendable {
    case added, removed, changed
    /// An item of a list stands elsewhere among its neighbours; what changed within it is told by itself.
    case moved
  }

  package let kind: Kind
  /// For people, items named by their identity: `nodes[orders].values[3]`. Empty for the root.
  package let path: String
  /// Where it stands in the new tree, or in the old one if it is removed. Source: RFC 6901.
  package let pointer: String
  /// Where it stood in the old tree; only of what moved.
  package let oldPointer: String?
  /// nil for what is added.
  package let old: DataNode?
  /// nil for what is removed.
  package let new: DataNode?
  /// In the old text, with the key of an entry that is removed.
  package let oldRange: ByteRange?
  /// In the new text, with the key of an entry that is added.
  package let newRange: ByteRange?
}
