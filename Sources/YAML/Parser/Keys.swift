import Source

extension Parser {
  /// Reports the keys of the innermost mapping that it had before (YAML 1.2.2 section 3.2.1.1).
  ///
  /// Scalars are compared by content, whatever their style; collections, aliases and absent keys are not.
  mutating func checkKeys(_ text: Span<UInt8>) {
    guard top.record >= 0 else { return }
    let first = records[Int(top.record)].link
    guard first >= 0, first != top.last else { return }
    keys.removeAll()
    var key = first
    while key >= 0 {
      let record = records[Int(key)]
      if record.kind.rawValue <= Record.Kind.folded.rawValue, record.start < record.end {
        checkKey(text, key, record)
      }
      let value = record.next
      key = value < 0 ? -1 : records[Int(value)].next
    }
  }

  private mutating func checkKey(_ text: Span<UInt8>, _ key: Int32, _ record: Record) {
    let content = ScalarContent(record)
    let found: Int32?
    let known = records
    if let run = content.verbatim {
      let name = text.extracting(run)
      found = keys.insert(key, NameTable.hash(name), replacing: false) {
        Self.equals(text, known[Int($0)], name)
      }
    } else {
      let bytes = content.bytes(in: text)
      found = keys.insert(key, NameTable.hash(bytes.span), replacing: false) {
        Self.equals(text, known[Int($0)], bytes.span)
      }
    }
    guard let found, diagnostics.count <= limits.diagnosticCountMax,
      tagText(found, text) == tagText(key, text)
    else { return }
    let other = records[Int(found)].range
    report(
      .yamlKeyDuplicate, at: Int(record.start), Int(record.end),
      "the mapping already has the key '\(shortened(content.bytes(in: text)))'",
      related: [Related(ByteRange(other.lowerBound, other.upperBound), "the first one")])
  }

  private static func equals(_ text: Span<UInt8>, _ record: Record, _ name: Span<UInt8>) -> Bool {
    let content = ScalarContent(record)
    if let run = content.verbatim { return text.extracting(run).equals(name) }
    return content.bytes(in: text).span.equals(name)
  }

  /// The bytes of a node's tag as written; empty for none.
  private func tagText(_ record: Int32, _ text: Span<UInt8>) -> [UInt8] {
    let index = records[Int(record)].properties
    guard index >= 0, properties[Int(index)].tagStart >= 0 else { return [] }
    var bytes: [UInt8] = []
    for offset in Int(properties[Int(index)].tagStart)..<Int(properties[Int(index)].tagEnd) {
      bytes.append(text[offset])
    }
    return bytes
  }

  private func shortened(_ bytes: [UInt8]) -> String {
    let string = String(decoding: bytes.prefix(160), as: UTF8.self)
    return string.count > 40 ? string.prefix(40) + "…" : string
  }
}
