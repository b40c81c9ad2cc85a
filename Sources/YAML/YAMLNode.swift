package import Source

/// One node of a tree: a handle that is cheap to make and to copy.
package struct YAMLNode: Sendable {
  /// What a node is (YAML 1.2.2 section 3.2.1.1), before aliases are followed.
  package enum Kind: Hashable, Sendable {
    case scalar, mapping, sequence, alias
  }

  let storage: YAMLTree.Storage
  let index: Int32

  init(_ storage: YAMLTree.Storage, _ index: Int32) {
    self.storage = storage
    self.index = index
  }

  var record: Record { storage.records[Int(index)] }

  var properties: Properties? {
    let index = record.properties
    return index < 0 ? nil : storage.properties[Int(index)]
  }

  /// What the node is.
  package var kind: Kind {
    switch record.kind {
    case .plain, .singleQuoted, .doubleQuoted, .literal, .folded: .scalar
    case .alias: .alias
    case .blockMapping, .flowMapping: .mapping
    case .blockSequence, .flowSequence: .sequence
    }
  }

  /// From the first to the last byte of the node's own text: without its properties, comments and white space around it.
  ///
  /// A block scalar starts at its `|` or `>` and ends before the last break that belongs to it.
  package var range: ByteRange {
    let record = record
    return ByteRange(Int(record.start), Int(record.end))
  }

  /// ``range`` with anchor and tag.
  package var fullRange: ByteRange {
    let record = record
    guard let start = properties?.start else { return range }
    return ByteRange(Int(min(start, record.start)), Int(record.end))
  }

  /// The style of a scalar; `plain` for other nodes.
  package var style: ScalarStyle { ScalarStyle(rawValue: record.kind.rawValue) ?? .plain }

  /// Whether this is a collection in flow style.
  package var isFlow: Bool { record.kind.isFlow }

  /// The content of a scalar after folding and escapes, with U+FFFD for what is not UTF-8; "" for other nodes.
  ///
  /// Complexity: O(bytes of the scalar).
  package var string: String {
    let record = record
    guard !record.kind.isCollection, record.kind != .alias else { return "" }
    let content = ScalarContent(record)
    let bytes = storage.text.bytes
    if let run = content.verbatim { return String(decoding: bytes[run], as: UTF8.self) }
    return String(decoding: content.bytes(in: bytes.span), as: UTF8.self)
  }

  /// The value of a plain scalar that is up to 15 digits and nothing else, without tag and anchor, as most numbers are;
  /// nil for all others.
  package var shortInteger: Int? {
    let record = record
    guard record.kind == .plain, record.properties < 0, record.isVerbatim,
      (1...15).contains(record.range.count)
    else { return nil }
    let bytes = storage.text.bytes
    var value = 0
    for offset in record.range {
      let byte = bytes[offset]
      guard byte >= 0x30, byte <= 0x39 else { return nil }
      value = value * 10 + Int(byte - 0x30)
    }
    return value
  }

  /// The name of the anchor, without `&`. An alias has none.
  package var anchor: String? {
    guard let properties, properties.anchorStart >= 0 else { return nil }
    return storage.text.string(
      in: ByteRange(Int(properties.anchorStart), Int(properties.anchorEnd)))
  }

  /// The tag as its handle resolves it: `tag:yaml.org,2002:str`, `!local`, `!`.
  package var tag: String? {
    guard let properties, properties.tagStart >= 0 else { return nil }
    return Tag.resolved(Int(properties.tagStart)..<Int(properties.tagEnd), properties, in: storage)
  }

  /// The items of a sequence; empty for other nodes.
  package var items: YAMLItems {
    let record = record
    return YAMLItems(storage, record.kind.isSequence ? record.link : -1)
  }

  /// The entries of a mapping; empty for other nodes.
  package var entries: YAMLEntries {
    let record = record
    return YAMLEntries(storage, record.kind.isMapping ? record.link : -1)
  }

  /// The node that an alias names; nil for other nodes, for an alias without anchor, and for one inside what it names,
  /// each of which is diagnosed.
  package var target: YAMLNode? {
    let record = record
    guard record.kind == .alias, record.link >= 0 else { return nil }
    return YAMLNode(storage, record.link)
  }
}

/// A key and its value.
package struct YAMLEntry: Sendable {
  /// The key; an absent one is an empty plain scalar.
  package let key: YAMLNode
  /// An absent value is an empty plain scalar with an empty range right after the `:`, or after the key without one.
  package let value: YAMLNode

  init(_ storage: YAMLTree.Storage, _ key: Int32) {
    self.key = YAMLNode(storage, key)
    let value = self.key.record.next
    // The parser gives each key a value.
    self.value = YAMLNode(storage, value < 0 ? key : value)
  }

  /// From the key's start, with its `?` and properties, to the value's end.
  package var range: ByteRange {
    var start = key.fullRange.start
    if let indicator = key.properties?.indicator, indicator >= 0 { start = Int(indicator) }
    return ByteRange(start, max(value.fullRange.end, key.fullRange.end))
  }
}

/// The items of a sequence, in order. Each step is O(1), `count` O(items).
package struct YAMLItems: Collection, Sendable {
  /// A place in a collection of nodes.
  package struct Index: Comparable, Sendable {
    /// Records need not lie in order, so that steps are counted.
    let step: Int
    let record: Int32

    package static func == (left: Index, right: Index) -> Bool { left.record == right.record }

    package static func < (left: Index, right: Index) -> Bool {
      right.record < 0 ? left.record >= 0 : left.record >= 0 && left.step < right.step
    }
  }

  private let storage: YAMLTree.Storage
  private let first: Int32

  init(_ storage: YAMLTree.Storage, _ first: Int32) {
    self.storage = storage
    self.first = first
  }

  package var startIndex: Index { Index(step: 0, record: first) }
  package var endIndex: Index { Index(step: 0, record: -1) }

  package func index(after index: Index) -> Index {
    Index(step: index.step + 1, record: storage.records[Int(index.record)].next)
  }

  package subscript(index: Index) -> YAMLNode { YAMLNode(storage, index.record) }

  /// The item at a place counted from 0, or nil where there is none. Complexity: O(offset).
  package func item(at offset: Int) -> YAMLNode? {
    offset < 0 ? nil : dropFirst(offset).first
  }
}

/// The entries of a mapping, in order. Each step is O(1), `count` O(entries).
package struct YAMLEntries: Collection, Sendable {
  package typealias Index = YAMLItems.Index

  private let storage: YAMLTree.Storage
  private let first: Int32

  init(_ storage: YAMLTree.Storage, _ first: Int32) {
    self.storage = storage
    self.first = first
  }

  package var startIndex: Index { Index(step: 0, record: first) }
  package var endIndex: Index { Index(step: 0, record: -1) }

  package func index(after index: Index) -> Index {
    let value = storage.records[Int(index.record)].next
    return Index(
      step: index.step + 1, record: value < 0 ? -1 : storage.records[Int(value)].next)
  }

  package subscript(index: Index) -> YAMLEntry { YAMLEntry(storage, index.record) }

  /// The entry at a place counted from 0, or nil where there is none. Complexity: O(offset).
  package func entry(at offset: Int) -> YAMLEntry? {
    offset < 0 ? nil : dropFirst(offset).first
  }
}
