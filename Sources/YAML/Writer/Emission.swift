extension YAMLTree {
  /// The whole stream as ``YAMLWriter`` writes it; it reads back with the same events.
  ///
  /// Comments and directives are not part of the events and are left out; tags are written so that they need none.
  /// Complexity: O(bytes).
  package func emitted() -> [UInt8] {
    var writer = YAMLWriter()
    for event in events {
      switch event {
      case .streamStart, .streamEnd: break
      case .documentStart(let isExplicit): if isExplicit { writer.documentStart() }
      case .documentEnd(let isExplicit): if isExplicit { writer.documentEnd() }
      case .mappingStart(let isFlow, let anchor, let tag):
        writer.beginMapping(flow: isFlow, anchor: anchor, tag: tag)
      case .mappingEnd: writer.endMapping()
      case .sequenceStart(let isFlow, let anchor, let tag):
        writer.beginSequence(flow: isFlow, anchor: anchor, tag: tag)
      case .sequenceEnd: writer.endSequence()
      case .scalar(let text, let style, let anchor, let tag):
        writer.scalar(text, style: style, anchor: anchor, tag: tag)
      case .alias(let name): writer.alias(name)
      }
    }
    return writer.bytes
  }
}
