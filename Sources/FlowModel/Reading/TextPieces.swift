package import Source
package import YAML

/// Where the text of a value stands in the document, piece by piece.
///
/// Only values that rules look into have it, and only where byte `i` of the text is not simply byte `i` of the value's
/// range: in quotes, in blocks, and where parameters stand.
package struct TextPieces: Hashable, Sendable {
  private enum Kind: Hashable {
    /// Each byte of the piece is the byte of the range at its place.
    case verbatim
    /// Escapes, folded breaks, numbers in another spelling.
    case spelled
    /// A parameter's value; the range is the whole reference.
    case parameter
  }

  private struct Piece: Hashable {
    /// Byte of the text at which the piece starts.
    let offset: Int
    let range: ByteRange
    let kind: Kind

    func place(of byte: Int, isEnd: Bool) -> Int {
      guard kind == .verbatim else { return isEnd ? range.end : range.start }
      return min(max(range.start, range.start + byte - offset), range.end)
    }
  }

  private var pieces: [Piece] = []
  /// Bytes of the text.
  private var length = 0

  /// A text that comes of `range` as a whole.
  package init(whole range: ByteRange, isParameter: Bool, length: Int) {
    append(length, range, isParameter ? .parameter : .spelled)
  }

  /// The content of a scalar.
  ///
  /// - Returns: nil where the content is the scalar's text.
  package init?(of scalar: YAMLNode) {
    if scalar.isVerbatimPlain { return nil }
    var builder = Builder(scalar)
    builder.appendWritten(scalar.string.utf8.count)
    self = builder.takePieces()
  }

  /// Of no text.
  package init() {}

  /// Puts the pieces of another text behind these.
  package mutating func append(_ others: TextPieces) {
    for (index, piece) in others.pieces.enumerated() {
      let end = index + 1 < others.pieces.count ? others.pieces[index + 1].offset : others.length
      append(end - piece.offset, piece.range, piece.kind)
    }
  }

  /// Puts a text of `length` bytes behind these that comes of the one piece of another.
  package mutating func append(_ other: TextPieces, stretchedTo length: Int) {
    if let piece = other.pieces.first { append(length, piece.range, piece.kind) }
  }

  private mutating func append(_ count: Int, _ range: ByteRange, _ kind: Kind) {
    // A parameter may bring nothing, and still be to blame for that.
    guard count > 0 || kind == .parameter else { return }
    if kind == .verbatim, let last = pieces.last, last.kind == kind,
      last.range.end == range.start
    {
      pieces[pieces.count - 1] = Piece(
        offset: last.offset, range: last.range.union(range), kind: kind)
      length += count
      return
    }
    pieces.append(Piece(offset: length, range: range, kind: kind))
    length += count
  }

  /// Puts pieces together in the order of the text.
  package struct Builder {
    private let runs: [ContentRun]
    private let contentEnd: Int
    /// The run that was reached.
    private var run = 0
    /// Byte of the content that was reached.
    private var written = 0
    private var pieces = TextPieces()

    package init(_ scalar: YAMLNode) {
      runs = scalar.contentRuns
      contentEnd = scalar.range.end
    }

    /// The pieces since this was asked last, as those of a text of their own.
    package mutating func takePieces() -> TextPieces {
      defer { pieces = TextPieces() }
      return pieces
    }

    /// The next `count` bytes of the content are the next bytes of the text.
    package mutating func appendWritten(_ count: Int) {
      take(count) { pieces, count, range, isVerbatim in
        pieces.append(count, range, isVerbatim ? .verbatim : .spelled)
      }
    }

    /// The next `count` bytes of the content give `length` bytes of the text: a reference, or an escaped `${`.
    package mutating func append(_ length: Int, from count: Int, isParameter: Bool) {
      var whole: ByteRange?
      take(count) { _, _, range, _ in whole = whole?.union(range) ?? range }
      pieces.append(length, whole ?? ByteRange(at: contentEnd), isParameter ? .parameter : .spelled)
    }

    private mutating func take(
      _ count: Int, _ body: (inout TextPieces, Int, ByteRange, Bool) -> Void
    ) {
      var left = count
      while left > 0, run < runs.count {
        let current = runs[run]
        let end = run + 1 < runs.count ? runs[run + 1].offset : Int.max
        let taken = min(left, end - written)
        if current.isVerbatim {
          let start = min(current.range.start + written - current.offset, current.range.end)
          body(&pieces, taken, ByteRange(start, min(start + taken, current.range.end)), true)
        } else {
          body(&pieces, taken, current.range, false)
        }
        written += taken
        left -= taken
        if written == end { run += 1 }
      }
    }
  }

  /// The smallest range of the document that gives a range of the text.
  ///
  /// Complexity: O(log pieces).
  func place(of range: ByteRange) -> ByteRange? {
    if range.isEmpty, let place = placeOfNothing(at: range.start) { return place }
    guard let first = piece(at: range.start), let last = piece(at: max(range.start, range.end - 1))
    else { return nil }
    let start = first.place(of: range.start, isEnd: false)
    return ByteRange(start, max(start, last.place(of: range.end, isEnd: !range.isEmpty)))
  }

  /// Where an edit of the text is to be made; nil unless it lies within one verbatim piece.
  func place(ofEditAt range: ByteRange) -> ByteRange? {
    guard var found = piece(at: range.start) else { return nil }
    if range.isEmpty, found.kind != .verbatim, range.start == found.offset, range.start > 0,
      let before = piece(at: range.start - 1)
    {
      found = before
    }
    guard found.kind == .verbatim else { return nil }
    let start = found.range.start + range.start - found.offset
    let end = found.range.start + range.end - found.offset
    return start >= found.range.start && end <= found.range.end ? ByteRange(start, end) : nil
  }

  /// Whether a parameter's value stands in a range of the text.
  func holdsParameter(in range: ByteRange) -> Bool {
    for (index, piece) in pieces.enumerated() where piece.kind == .parameter {
      let end = index + 1 < pieces.count ? pieces[index + 1].offset : length
      if piece.offset < range.end, end > range.start { return true }
    }
    return false
  }

  /// The runs of the text that are values of parameters, in order; some may be empty.
  var parameterRuns: [ByteRange] {
    pieces.indices.compactMap { index in
      guard pieces[index].kind == .parameter else { return nil }
      let end = index + 1 < pieces.count ? pieces[index + 1].offset : length
      return ByteRange(pieces[index].offset, end)
    }
  }

  /// The reference that brought nothing to a place of the text, if there is one.
  private func placeOfNothing(at offset: Int) -> ByteRange? {
    zip(parameterRuns, pieces.lazy.filter { $0.kind == .parameter })
      .first { run, _ in run.isEmpty && run.start == offset }?.1.range
  }

  /// The piece of a byte; for a place behind the text the last one.
  private func piece(at offset: Int) -> Piece? {
    var low = 0
    var high = pieces.count
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if pieces[middle].offset <= offset { low = middle } else { high = middle }
    }
    return pieces.isEmpty ? nil : pieces[low]
  }
}

extension DataNode {
  /// The range of the document that gives a range of this value's text.
  package func place(of range: ByteRange) -> ByteRange {
    if let pieces { return pieces.place(of: range) ?? self.range }
    let start = min(self.range.start + range.start, self.range.end)
    return ByteRange(start, min(max(start, self.range.start + range.end), self.range.end))
  }

  /// Whether a parameter's value stands in a range of this value's text.
  func holdsParameter(in range: ByteRange) -> Bool { pieces?.holdsParameter(in: range) ?? false }

  /// The same change as one of the document; nil where it is not certain to be the same.
  ///
  /// - Parameter isBareInFlow: whether the value stands without quotes in a flow collection, which some signs would end.
  func edit(_ edit: TextEdit, isBareInFlow: Bool) -> TextEdit? {
    let reserved = ",[]{}".utf8
    if isBareInFlow, edit.text.utf8.contains(where: reserved.contains) { return nil }
    if edit.range.start == 0 {
      // What a value begins with may say what it is.
      guard let first = edit.text.utf8.first,
        Identifier.isPart(first) || "($".utf8.contains(first)
      else { return nil }
    }
    guard let pieces else { return TextEdit(place(of: edit.range), edit.text) }
    return pieces.place(ofEditAt: edit.range).map { TextEdit($0, edit.text) }
  }
}
