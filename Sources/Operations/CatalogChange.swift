import Source
import Templates

/// How one catalog differs from another, as ids. Each stands in one list, and each list is sorted.
package struct CatalogChange: Hashable, Sendable {
  package private(set) var added: [String] = []
  package private(set) var removed: [String] = []
  /// Those that have another text, another file, or no more errors in their file.
  package private(set) var changed: [String] = []
  /// Those whose file has errors now that were not there before, or others.
  package private(set) var broken: [String] = []

  package var isEmpty: Bool {
    added.isEmpty && removed.isEmpty && changed.isEmpty && broken.isEmpty
  }

  /// Complexity: O(templates), but for hashes that were not asked for before.
  package init(from old: TemplateCatalog, to new: TemplateCatalog) {
    var earlier: [ExactString: TemplateCatalog.Entry] = [:]
    for entry in old.entries { earlier[entry.id] = entry }
    for entry in new.entries {
      let before = earlier.removeValue(forKey: entry.id)
      if let before, before.isSame(as: entry) { continue }
      if entry.isBroken || entry.rejected != nil {
        broken.append(entry.id.text)
      } else if before == nil {
        added.append(entry.id.text)
      } else {
        changed.append(entry.id.text)
      }
    }
    removed = old.entries.map(\.id).filter { earlier[$0] != nil }.map(\.text)
  }
}

extension TemplateCatalog.Entry {
  fileprivate func isSame(as other: TemplateCatalog.Entry) -> Bool {
    ExactString(path) == ExactString(other.path)
      && document.text.bytes == other.document.text.bytes
      && rejected?.text.bytes == other.rejected?.text.bytes
  }
}
