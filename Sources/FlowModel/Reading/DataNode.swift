package import JSON
package import Source

/// A value of a document after tags and the core schema have been applied, with the place it came from.
///
/// Rules, emission and hashing work on this tree; the YAML tree below it keeps the bytes.
package struct DataNode: Hashable, Sendable {
  package enum Content: Hashable, Sendable {
    case null
    case bool(Bool)
    case number(Number)
    case string(String)
    case sequence([DataNode])
    case mapping([DataEntry])
    /// There is a value but it is not known: broken, and reported by whoever found it, or waiting for a parameter.
    /// Rules are silent over it.
    case unknown
  }

  package var content: Content
  /// The text that its author must change to change this value.
  package var range: ByteRange
  private var traces: Traces?

  package init(
    _ content: Content, at range: ByteRange, causes: [ExactString] = [], pieces: TextPieces? = nil
  ) {
    self.content = content
    self.range = range
    traces = Traces(causes, pieces)
  }

  /// A value that comes from where another does, and of the same parameters.
  package init(_ content: Content, from origin: DataNode) {
    self.content = content
    range = origin.range
    traces = origin.traces
  }
}

extension DataNode {
  /// What most values have not, apart from them: a node is copied often, and costs less the less it holds.
  private final class Traces: Hashable, Sendable {
    let causes: [ExactString]
    let pieces: TextPieces?

    /// - Returns: nil where there is nothing to hold.
    init?(_ causes: [ExactString], _ pieces: TextPieces?) {
      if causes.isEmpty, pieces == nil { return nil }
      self.causes = causes
      self.pieces = pieces
    }

    static func == (left: Traces, right: Traces) -> Bool {
      left === right || (left.causes == right.causes && left.pieces == right.pieces)
    }

    func hash(into hasher: inout Hasher) {
      hasher.combine(causes)
      hasher.combine(pieces)
    }
  }

  /// Names of the parameters whose values stand in it, in order of appearance.
  package var causes: [ExactString] {
    get { traces?.causes ?? [] }
    set { traces = Traces(newValue, pieces) }
  }

  /// Where the text of an expression stands; nil where it stands at ``range`` as it is, and for all other values.
  package var pieces: TextPieces? { traces?.pieces }
}

/// One `key: value` of a mapping.
package struct DataEntry: Hashable, Sendable {
  package var key: ExactString
  package var keyRange: ByteRange
  package var value: DataNode

  package init(key: ExactString, keyRange: ByteRange, value: DataNode) {
    self.key = key
    self.keyRange = keyRange
    self.value = value
  }
}

extension DataNode {
  /// The entries of a mapping; empty for everything else.
  package var entries: [DataEntry] {
    if case .mapping(let entries) = content { entries } else { [] }
  }

  /// The items of a sequence; empty for everything else.
  package var items: [DataNode] {
    if case .sequence(let items) = content { items } else { [] }
  }

  // Through spans, which lend an entry where arrays copy it.

  package func entry(_ key: ExactString) -> DataEntry? {
    guard case .mapping(let entries) = content else { return nil }
    let span = entries.span
    for index in span.indices where span[index].key.isKey(key) { return span[index] }
    return nil
  }

  package subscript(key: ExactString) -> DataNode? {
    guard case .mapping(let entries) = content else { return nil }
    let span = entries.span
    for index in span.indices where span[index].key.isKey(key) { return span[index].value }
    return nil
  }

  var isCollection: Bool {
    switch content {
    case .sequence, .mapping: true
    default: false
    }
  }

  var isEmptyCollection: Bool {
    switch content {
    case .sequence(let items): items.isEmpty
    case .mapping(let entries): entries.isEmpty
    default: false
    }
  }

  package var string: String? {
    if case .string(let value) = content { value } else { nil }
  }

  package var number: Number? {
    if case .number(let value) = content { value } else { nil }
  }

  /// The array parameter that the whole list is the value of: an item of a written list has causes of its own.
  package var wholeCause: ExactString? {
    if case .sequence = content { causes.first } else { nil }
  }

  package var isUnknown: Bool { if case .unknown = content { true } else { false } }
  package var isNull: Bool { if case .null = content { true } else { false } }

  /// Nothing was written: null, or text of white space only.
  package var isBlank: Bool {
    switch content {
    case .null: true
    case .string(let value):
      value.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
    default: false
    }
  }

  /// What it is, for a message: "the text 'abc'", "a list", "nothing".
  package var described: String {
    switch content {
    case .null: "nothing"
    case .bool(let value): value ? "true" : "false"
    case .number(let value): value.spelling
    case .string(let value): "the text \(quoted(value))"
    case .sequence: "a list"
    case .mapping: "a mapping"
    case .unknown: "an unknown value"
    }
  }

  /// The value as JSON; nil where part of it is unknown.
  package var json: JSONValue? {
    switch content {
    case .null: return .null
    case .bool(let value): return .bool(value)
    case .number(let value): return .number(value.json)
    case .string(let value): return .string(value)
    case .sequence(let items):
      var values: [JSONValue] = []
      values.reserveCapacity(items.count)
      for item in items {
        guard let value = item.json else { return nil }
        values.append(value)
      }
      return .array(values)
    case .mapping(let entries):
      var members: [JSONMember] = []
      members.reserveCapacity(entries.count)
      for entry in entries {
        guard let value = entry.value.json else { return nil }
        members.append(JSONMember(entry.key.text, value))
      }
      return .object(JSONObject(members))
    case .unknown: return nil
    }
  }
}

extension ExactString {
  /// The same as `==`, for a search among keys: most differ in length, which is known without a call.
  @inline(__always) func isKey(_ other: ExactString) -> Bool {
    text.utf8.count == other.text.utf8.count && self == other
  }
}
