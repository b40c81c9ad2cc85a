package import Source

/// A run of a scalar's content, and the text that it comes from.
package struct ContentRun: Hashable, Sendable {
  /// Byte of the content at which the run starts; it ends where the next one starts.
  package let offset: Int
  package let range: ByteRange
  /// Each byte of the run is the byte of ``range`` at its place; otherwise the whole range gives the whole run.
  package let isVerbatim: Bool
}

extension YAMLNode {
  /// Whether this is a plain scalar whose content is its text, byte for byte.
  package var isVerbatimPlain: Bool { record.kind == .plain && record.isVerbatim }

  /// Where the content of a scalar comes from, in order and without gaps; empty for an empty scalar and for other nodes.
  ///
  /// Escapes, folded breaks and indentation are runs that are not verbatim. Complexity: O(bytes of the scalar).
  package var contentRuns: [ContentRun] {
    let record = record
    guard !record.kind.isCollection, record.kind != .alias else { return [] }
    let content = ScalarContent(record)
    if let run = content.verbatim {
      return run.isEmpty
        ? []
        : [
          ContentRun(offset: 0, range: ByteRange(run.lowerBound, run.upperBound), isVerbatim: true)
        ]
    }
    let text = storage.text.bytes
    let bytes = content.bytes(in: text.span)
    var alignment = ContentAlignment(content, record, bytes)
    if alignment.run(over: text.span) { return alignment.runs }
    return bytes.isEmpty ? [] : [ContentRun(offset: 0, range: range, isVerbatim: false)]
  }
}

/// Walks along the text of a scalar and its content together.
///
/// What is not white space and no escape stands in both; between two such bytes stand runs of white space, which need not
/// be alike.
private struct ContentAlignment {
  private let content: ScalarContent
  private let bytes: [UInt8]
  private let quote: UInt8?
  private let isBlock: Bool
  private var offset: Int
  private let end: Int
  private var done = 0
  private(set) var runs: [ContentRun] = []

  init(_ content: ScalarContent, _ record: Record, _ bytes: [UInt8]) {
    self.content = content
    self.bytes = bytes
    isBlock = record.kind == .literal || record.kind == .folded
    quote =
      switch record.kind {
      case .singleQuoted: UInt8(ascii: "'")
      case .doubleQuoted: UInt8(ascii: "\"")
      default: nil
      }
    offset = Int(record.start) + (quote == nil ? 0 : 1)
    end = Int(record.end) - (quote == nil || record.isUnclosed ? 0 : 1)
  }

  /// - Returns: false where the two cannot be brought together.
  mutating func run(over text: Span<UInt8>) -> Bool {
    if isBlock {
      // The header is no content, and neither is the indentation of the first line.
      offset = min(text.skippingBreak(from: text.lineEnd(from: offset)), end)
      takeGap(text)
    }
    while done < bytes.count {
      guard offset < end else {
        // A final break that the scalar's range leaves out.
        guard isBlock else { return false }
        take(bytes.count - done, to: end, isVerbatim: false)
        return true
      }
      let byte = text[offset]
      if byte.isBlank || byte.isBreak {
        takeGap(text)
      } else if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        if offset + 1 < end, text[offset + 1].isBreak {
          takeGap(text)
        } else {
          var made: [UInt8] = []
          let next = content.escape(text, offset, to: end, into: &made)
          guard next > offset, done + made.count <= bytes.count else { return false }
          take(made.count, to: next, isVerbatim: false)
        }
      } else if byte != bytes[done] {
        return false
      } else if byte == UInt8(ascii: "'"), quote == byte {
        take(1, to: min(offset + 2, end), isVerbatim: false)
      } else {
        take(1, to: offset + 1, isVerbatim: true)
      }
    }
    return true
  }

  /// White space of the text and what became of it.
  private mutating func takeGap(_ text: Span<UInt8>) {
    var next = offset
    var breakCount = 0
    var isEscaped = false
    while next < end {
      if text[next].isBreak {
        breakCount += 1
        next = min(text.skippingBreak(from: next), end)
      } else if text[next].isBlank {
        next += 1
      } else if quote == UInt8(ascii: "\""), text[next] == UInt8(ascii: "\\"), next + 1 < end,
        text[next + 1].isBreak, breakCount == 0
      {
        isEscaped = true
        // Blanks before an escaped break stay.
        if next > offset { take(next - offset, to: next, isVerbatim: true) }
        next += 1
      } else {
        break
      }
    }
    let left = bytes.count - done
    if isBlock {
      let count = bytes[done...].prefix { $0.isBlank || $0.isBreak }.count
      take(count, to: next, isVerbatim: breakCount == 0 && count == next - offset)
    } else if breakCount == 0 {
      take(min(next - offset, left), to: next, isVerbatim: true)
    } else {
      take(
        min(breakCount > 1 ? breakCount - 1 : isEscaped ? 0 : 1, left), to: next, isVerbatim: false)
    }
  }

  /// Takes `count` bytes of the content that come of the text up to `next`.
  private mutating func take(_ count: Int, to next: Int, isVerbatim: Bool) {
    if count > 0 {
      if isVerbatim, let last = runs.last, last.isVerbatim, last.range.end == offset {
        runs[runs.count - 1] = ContentRun(
          offset: last.offset, range: ByteRange(last.range.start, next), isVerbatim: true)
      } else {
        runs.append(
          ContentRun(offset: done, range: ByteRange(offset, next), isVerbatim: isVerbatim))
      }
    }
    done += count
    offset = next
  }
}
