/// One node as the parser keeps it: 24 bytes in a flat array.
///
/// Links are indices into that array, -1 for none. Leaves lie in the order of the text.
struct Record: Sendable {
  enum Kind: UInt8, Sendable {
    case plain, singleQuoted, doubleQuoted, literal, folded
    case alias
    case blockMapping, flowMapping, blockSequence, flowSequence

    @inline(__always) var isMapping: Bool { self == .blockMapping || self == .flowMapping }
    @inline(__always) var isSequence: Bool { self == .blockSequence || self == .flowSequence }
    @inline(__always) var isCollection: Bool { rawValue >= Kind.blockMapping.rawValue }
    @inline(__always) var isFlow: Bool { self == .flowMapping || self == .flowSequence }
    @inline(__always) var isQuoted: Bool { self == .singleQuoted || self == .doubleQuoted }
  }

  /// What a block scalar does with its last breaks (YAML 1.2.2 section 8.1.1.2).
  enum Chomping: UInt8, Sendable {
    case clip, strip, keep
  }

  var start: Int32
  var end: Int32
  /// The next child of the same collection.
  var next: Int32 = -1
  /// Collection: its first child. Alias: the node it names. Block scalar: the indentation of its content. Quoted scalar:
  /// 0 if its closing quote is missing.
  var link: Int32 = -1
  /// Index into the parser's `properties`.
  var properties: Int32 = -1
  var kind: Kind
  var chomping: Chomping = .clip
  /// The content of the scalar is its text, without the quotes if it has any: no folding, no escape.
  var isVerbatim = true
  /// A single pair in a flow sequence, without braces of its own.
  var isPair = false

  init(_ kind: Kind, _ start: Int, _ end: Int) {
    self.kind = kind
    self.start = Int32(truncatingIfNeeded: start)
    self.end = Int32(truncatingIfNeeded: end)
  }

  var isUnclosed: Bool { kind.isQuoted && link == 0 }

  var range: Range<Int> { Int(start)..<Int(end) }
}

/// Anchor, tag and `?` of one node: c-ns-properties [96]. Most nodes have none.
struct Properties: Sendable {
  /// The name, without `&`; -1 for none.
  var anchorStart: Int32 = -1
  var anchorEnd: Int32 = -1
  /// The tag from its `!`; -1 for none.
  var tagStart: Int32 = -1
  var tagEnd: Int32 = -1
  /// The `?` of an explicit key; -1 for none.
  var indicator: Int32 = -1
  /// Index into the parser's `tagDirectives` of the one that resolves the tag; -1 for none.
  var directive: Int32 = -1
  /// The node that has them; -1 while that is not known.
  var node: Int32 = -1

  /// Where the anchor or tag starts, whichever is first; nil if there is neither.
  var start: Int32? {
    if anchorStart >= 0, tagStart >= 0 { return min(anchorStart - 1, tagStart) }
    if anchorStart >= 0 { return anchorStart - 1 }
    return tagStart >= 0 ? tagStart : nil
  }
}

/// One document of the stream.
struct DocumentRecord: Sendable {
  var root: Int32
  var isExplicit: Bool
  var isEndExplicit = false
}

/// ns-tag-directive [88]: both as ranges of the text.
struct TagDirective: Sendable {
  var handle: Range<Int>
  var prefix: Range<Int>
}
