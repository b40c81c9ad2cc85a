package import JSON
package import Source
package import YAML

extension YAMLWriter {
  /// Writes a value in the model's canonical form: lists of numbers on one line, all else in block style.
  package mutating func write(_ node: DataNode) {
    var cuts: [CutBytes.Cut] = []
    write(node, nil, &cuts)
  }

  /// - Parameters:
  ///   - slots: those in the value.
  ///   - cuts: where their values end among the bytes.
  mutating func write(_ node: DataNode, _ slots: SlotTree?, _ cuts: inout [CutBytes.Cut]) {
    defer {
      if let slot = slots?.slot { cuts.append(CutBytes.Cut(slot: slot, range: offset..<offset)) }
    }
    switch node.content {
    case .null, .unknown: plain("null")
    case .bool(let value): plain(value ? "true" : "false")
    case .number(let value): plain(value.yaml)
    case .string(let value): string(value)
    case .sequence(let items):
      beginSequence(flow: items.allSatisfy { $0.number != nil })
      for (index, item) in items.enumerated() { write(item, slots?[.index(index)], &cuts) }
      endSequence()
    case .mapping(let entries):
      beginMapping()
      for entry in entries {
        string(entry.key.text)
        write(entry.value, slots?[.key(entry.key)], &cuts)
      }
      endMapping()
    }
  }
}

/// Writes a model afresh: the same values give the same bytes.
///
/// UTF-8 without a byte order mark, LF, two spaces, keys in the order of ``Shape/model``, strings quoted where a reader of
/// YAML 1.1 or 1.2 would retype them. Source: docs/reference/model.md, "Canonical form".
package enum ModelEmitter {
  package static func text(of root: DataNode) -> SourceText {
    var writer = YAMLWriter()
    writer.write(root)
    return SourceText(writer.bytes)
  }
}

extension DataNode {
  /// A JSON value as a document's value, for writing; it stands nowhere, so its ranges are empty.
  ///
  /// - Throws: ``Number/Problem`` for a number that cannot be kept exactly.
  package init(json: JSONValue) throws(Number.Problem) {
    let nowhere = ByteRange(at: 0)
    switch json {
    case .null: self.init(.null, at: nowhere)
    case .bool(let value): self.init(.bool(value), at: nowhere)
    case .number(let number): self.init(.number(try Number(number)), at: nowhere)
    case .string(let value): self.init(.string(value), at: nowhere)
    case .array(let values):
      var items: [DataNode] = []
      for value in values { items.append(try DataNode(json: value)) }
      self.init(.sequence(items), at: nowhere)
    case .object(let object):
      var entries: [DataEntry] = []
      for member in object.members {
        entries.append(
          DataEntry(
            key: ExactString(member.name), keyRange: nowhere,
            value: try DataNode(json: member.value)))
      }
      self.init(.mapping(entries), at: nowhere)
    }
  }
}
