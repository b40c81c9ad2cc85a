/// How two trees differ: for people as changes, for programs as a JSON Patch.
///
/// Numbers are compared by value, text byte by byte; the order of a mapping's keys is no difference. The items of a list
/// are brought together as ``Alignment`` says. Source: docs/guides/integrator.md, "Comparing".
package struct Comparison: Sendable {
  /// Most changes that are told.
  package static let changeCountMax = 10_000
  /// Most bytes that the paths and pointers of all changes have together: 16 MiB.
  package static let pathLengthMax = 16 << 20
  /// Most steps taken to find what two lists without identities have in common, all lists of a comparison together;
  /// those after it are compared item by item.
  package static let alignmentStepCountMax = 20_000_000

  /// Within a list: what is removed, then what is added or moved, then what changed inside the items.
  package let changes: [Change]
  /// Applied in order to the JSON of the old tree, it gives the JSON of the new one, but for the order of members: one
  /// operation for each change. nil if there are more changes than are told.
  package let patch: [PatchOperation]?
  /// Whether a limit kept changes from being told.
  package var isTruncated: Bool { patch == nil }
  package var isEqual: Bool { changes.isEmpty && !isTruncated }

  /// Complexity: linear in both trees, but for lists without identities; see ``alignmentStepCountMax``.
  package init(
    _ old: DataNode, _ new: DataNode, changeCountMax: Int = Comparison.changeCountMax,
    pathLengthMax: Int = Comparison.pathLengthMax,
    alignmentStepCountMax: Int = Comparison.alignmentStepCountMax
  ) {
    var walk = ComparisonWalk(
      changeCountMax: changeCountMax, pathLengthMax: pathLengthMax,
      stepCountMax: alignmentStepCountMax)
    walk.compare(old, new)
    changes = walk.changes
    patch = walk.isTruncated ? nil : walk.operations
  }
}
