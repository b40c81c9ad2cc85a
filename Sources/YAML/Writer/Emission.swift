import Source

extension YAMLTree {
  /// The whole stream as ``YAMLWriter`` writes it; it reads back with the same events.
  ///
  /// Comments and directives are not part of the events and are left out; tags are written so that they need none.
  /// Complexity: O(bytes).
  package func emitted() -> [UInt8] {
    var writer = YAMLWriter()
    for document in storage.documents {
      if document.isExplicit { writer.documentStart() }
      emit(document.root, to: &writer)
      if document.isEndExplicit { writer.documentEnd() }
    }
    return writer.bytes
  }

  private func emit(_ root: Int32, to writer: inout YAMLWriter) {
    var open: [Int32] = []
    var next = root
    while next >= 0 {
      let record = storage.records[Int(next)]
      let node = YAMLNode(storage, next)
      let hasProperties = record.properties >= 0
      let anchor = hasProperties ? node.anchor : nil
      let tag = hasProperties ? node.tag : nil
      if record.kind.isMapping {
        writer.beginMapping(flow: record.kind.isFlow, anchor: anchor, tag: tag)
      } else if record.kind.isSequence {
        writer.beginSequence(flow: record.kind.isFlow, anchor: anchor, tag: tag)
      } else if record.kind == .alias {
        writer.alias(storage.text.string(in: ByteRange(Int(record.start) + 1, Int(record.end))))
      } else if record.kind == .plain, record.isVerbatim, !hasProperties, record.start < record.end,
        storage.diagnostics.isEmpty
      {
        // What was plain in its place is so again.
        writer.plain(known: storage.text.bytes[record.range])
      } else {
        writer.scalar(node.string, style: node.style, anchor: anchor, tag: tag)
      }
      if record.kind.isCollection {
        open.append(next)
        next = record.link
      } else {
        next = open.isEmpty ? -1 : record.next
      }
      while next < 0, let closed = open.popLast() {
        let collection = storage.records[Int(closed)]
        if collection.kind.isMapping { writer.endMapping() } else { writer.endSequence() }
        next = open.isEmpty ? -1 : collection.next
      }
    }
  }
}
