package import Source
package import YAML

/// What fixes put into the text and take away.
extension ModelSource {
  /// What a fix puts before the root's first entry; nil where nothing can be put there.
  package var opening: Opening? { Opening(of: root, in: tree.text) }

  /// Takes away the entry whose key is written at `keyRange` from the mapping at `path`, and nothing else.
  ///
  /// - Returns: nil where the mapping is an alias's, since others use it too.
  package func removal(ofKeyAt keyRange: ByteRange, in path: DataPath) -> TextEdit? {
    guard let mapping = node(at: path) else { return nil }
    for (index, entry) in mapping.entries.enumerated() where entry.key.range == keyRange {
      return tree.removal(ofEntry: index, in: mapping)
    }
    return nil
  }

  /// Adds a mapping with this one entry to the list at a top-level key; where there is no list, it comes after the entry
  /// `predecessor`.
  package func addition(
    to list: ExactString, after predecessor: ExactString, key: String, value: String
  ) -> TextEdit? {
    let write: (inout YAMLWriter) -> Void = { writer in
      writer.beginMapping()
      writer.string(key)
      writer.string(value)
      writer.endMapping()
    }
    if let entry = entry(list, of: root)?.entry {
      guard entry.value.kind == .sequence, !entry.value.items.isEmpty else { return nil }
      return tree.insertion(ofItemAfter: entry.value.items.count - 1, in: entry.value, value: write)
    }
    guard let index = entry(predecessor, of: root)?.index else { return nil }
    return tree.insertion(ofKey: list.text, after: index, in: root) { writer in
      writer.beginSequence()
      write(&writer)
      writer.endSequence()
    }
  }

  private func entry(_ key: ExactString, of mapping: YAMLNode) -> (index: Int, entry: YAMLEntry)? {
    for (index, entry) in mapping.entries.enumerated()
    where entry.key.kind == .scalar && ExactString(entry.key.string) == key {
      return (index, entry)
    }
    return nil
  }
}

extension ModelSource {
  /// Where a first entry of the root mapping goes, and how it is written there.
  package struct Opening: Hashable, Sendable {
    private let offset: Int
    private let quote: String
    private let separator: String

    /// - Returns: nil for a block mapping that begins after something else on its line.
    package init?(of root: YAMLNode, in text: SourceText) {
      let bytes = text.bytes
      if root.isFlow {
        offset = root.range.start + 1
        quote = "\""
        separator = root.entries.isEmpty ? "" : ", "
        return
      }
      let line = LineTable(text)
      var start = line.starts[line.line(at: root.range.start)]
      if bytes[start...].starts(with: [0xEF, 0xBB, 0xBF]) { start += 3 }
      let indentation = bytes[start..<root.range.start]
      guard indentation.allSatisfy({ $0 == 0x20 }) else { return nil }
      let isCRLF = bytes.firstIndex(of: 0x0A).map { $0 > 0 && bytes[$0 - 1] == 0x0D } ?? false
      offset = root.range.start
      quote = ""
      separator = (isCRLF ? "\r\n" : "\n") + String(repeating: " ", count: indentation.count)
    }

    package func inserting(_ key: String, _ value: String) -> TextEdit {
      TextEdit(ByteRange(at: offset), quote + key + quote + ": " + value + separator)
    }
  }
}
