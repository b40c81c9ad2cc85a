package import Source

/// A run of the text as the grammar sees it.
package struct YAMLToken: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case byteOrderMark
    /// Spaces and tabs.
    case blank
    /// LF, CR LF or CR.
    case lineBreak
    /// From `#` to before the break.
    case comment
    /// From `%` to before the break, a comment or blanks at its end.
    case directive
    /// `---` or `...`
    case documentMarker
    /// One of `- ? : , [ ] { }`
    case indicator
    /// `&name`
    case anchor
    /// `*name`
    case alias
    /// `!tag`
    case tag
    /// `|` or `>` with what follows up to a blank or break.
    case blockScalarHeader
    /// The text of a scalar, with its quotes; of a block scalar, what follows the line of its header.
    case scalar
    /// What belongs to nothing because it is broken.
    case invalid
  }

  package let kind: Kind
  package let range: ByteRange
}

/// The tokens of a text: they follow one another without gap or overlap from its first byte to its last.
///
/// They are cut when asked for: a node knows where its text is, and what lies between nodes can be told apart without
/// knowing what is around it.
package struct YAMLTokens: Sequence, Sendable {
  let storage: YAMLTree.Storage

  package func makeIterator() -> Iterator { Iterator(storage) }

  package struct Iterator: IteratorProtocol {
    private let storage: YAMLTree.Storage
    private var offset = 0
    private var leaf = 0
    private var invalid = 0
    /// The end of the line of a block scalar's header while that line is being cut.
    private var isInBlockHeader = false

    fileprivate init(_ storage: YAMLTree.Storage) {
      self.storage = storage
    }

    package mutating func next() -> YAMLToken? {
      let bytes = storage.text.bytes
      let text = bytes.span
      guard offset < text.count else { return nil }
      let start = offset
      let (kind, end) = cut(text)
      offset = Swift.max(end, start + 1)
      return YAMLToken(kind: kind, range: ByteRange(start, offset))
    }

    private mutating func cut(_ text: Span<UInt8>) -> (YAMLToken.Kind, Int) {
      while invalid < storage.invalid.count, storage.invalid[invalid].end <= offset { invalid += 1 }
      var bound = text.count
      if invalid < storage.invalid.count {
        let broken = storage.invalid[invalid]
        if broken.start <= offset { return (.invalid, broken.end) }
        bound = broken.start
      }
      while leaf < storage.records.count,
        storage.records[leaf].kind.isCollection || Int(storage.records[leaf].end) <= offset
      {
        leaf += 1
      }
      if leaf < storage.records.count {
        let record = storage.records[leaf]
        if Int(record.start) <= offset { return inLeaf(text, record, bound) }
        bound = Swift.min(bound, Int(record.start))
      }
      let (kind, end) = between(text)
      return (kind, Swift.min(end, bound))
    }

    private func inLeaf(
      _ text: Span<UInt8>, _ record: Record, _ bound: Int
    ) -> (YAMLToken.Kind, Int) {
      let end = Swift.min(Int(record.end), bound)
      switch record.kind {
      case .alias: return (.alias, end)
      case .literal, .folded:
        let header = text.lineEnd(from: Int(record.start))
        if offset > header { return (.scalar, end) }
        if offset == Int(record.start) {
          var stop = offset
          while !text.isSeparator(at: stop) { stop += 1 }
          return (.blockScalarHeader, Swift.min(stop, end))
        }
        let (kind, stop) = between(text)
        return (kind, Swift.min(stop, end))
      default: return (.scalar, end)
      }
    }

    private func between(_ text: Span<UInt8>) -> (YAMLToken.Kind, Int) {
      let byte = text[offset]
      switch byte {
      case 0x20, 0x09: return (.blank, text.skippingBlanks(from: offset))
      case 0x0A, 0x0D: return (.lineBreak, text.skippingBreak(from: offset))
      case UInt8(ascii: "#"): return (.comment, text.lineEnd(from: offset))
      case UInt8(ascii: "&"), UInt8(ascii: "!"):
        var end = offset + 1
        let isVerbatim = byte == UInt8(ascii: "!") && text.byte(at: end) == UInt8(ascii: "<")
        while !text.isSeparator(at: end), isVerbatim || !text[end].isFlowIndicator {
          end += 1
          if isVerbatim, text[end - 1] == UInt8(ascii: ">") { break }
        }
        return (byte == UInt8(ascii: "&") ? .anchor : .tag, end)
      case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"),
        UInt8(ascii: "}"), UInt8(ascii: "?"), UInt8(ascii: ":"):
        return (.indicator, offset + 1)
      case UInt8(ascii: "-"), UInt8(ascii: "."):
        if isAtLineStart(text), text.documentMarker(at: offset) != nil {
          return (.documentMarker, offset + 3)
        }
        return (byte == UInt8(ascii: "-") ? .indicator : .invalid, offset + 1)
      case UInt8(ascii: "%") where isAtLineStart(text):
        var end = offset
        while !text.isLineEnd(at: end), !text.startsComment(at: end) { end += 1 }
        return (.directive, text.droppingBlanks(before: end, notBefore: offset + 1))
      case 0xEF where text.isByteOrderMark(at: offset): return (.byteOrderMark, offset + 3)
      default: return (.invalid, offset + 1)
      }
    }

    private func isAtLineStart(_ text: Span<UInt8>) -> Bool {
      offset == 0 || text[offset - 1].isBreak || text.isByteOrderMark(at: offset - 3)
    }
  }
}

extension YAMLTree {
  /// The tokens of the text: concatenating them gives it back, valid or not. Complexity: O(bytes) for all.
  package var tokens: YAMLTokens { YAMLTokens(storage: storage) }
}
