import Source

/// Reads a text into records: one pass, an explicit stack, no recursion.
///
/// Block structure is decided line by line from the column of a line's first content; `Stream`, `Block`, `Flow` and the
/// scalar files hold the productions. A broken production is reported once and the text around it read on.
struct Parser {
  /// An open collection, or the document itself.
  struct Frame {
    enum State: UInt8 {
      /// Block: between entries. Flow: before a key or an item.
      case entry
      /// An explicit key was read, its `:` was not.
      case explicitKey
      /// Flow: after a key or an item.
      case afterEntry
      /// Flow: after a `:`.
      case value
      /// Flow: after the value of a key.
      case afterValue
    }

    /// -1 for the document.
    var record: Int32
    /// Its last child so far, and the one before.
    var last: Int32 = -1
    var beforeLast: Int32 = -1
    /// The column of its entries; -1 for the document.
    var indent: Int
    /// A wrong column of entries that was reported and is now tolerated; -1 for none.
    var indentTolerated = -1
    var kind: Record.Kind
    var state = State.entry
    /// Where the `?` of the key that is being read stands; -1 for none.
    var indicator: Int32 = -1
    /// Flow: where the `:` of a value without text ends, and the line on which the last item starts.
    var valueOffset = 0
    var itemLine = 0
  }

  let limits: YAMLLimits
  let placeholders: Bool

  var records: [Record] = []
  var properties: [Properties] = []
  var documents: [DocumentRecord] = []
  var tagDirectives: [TagDirective] = []
  /// Offsets after the byte order marks before documents.
  var documentStarts: Set<Int> = []
  var diagnostics: [Diagnostic] = []
  var invalid: [ByteRange] = []
  var hasAliases = false

  /// The innermost open collection, and those around it.
  var top = Frame(record: -1, indent: -1, kind: .plain)
  var stack: [Frame] = []

  /// The next byte to read, and the start of its line.
  var at = 0
  var lineStart = 0
  /// What a tab in the indentation of this line adds to its columns; see ``expandTab(_:)``.
  var lineShift = 0
  /// Whether `at` is the first content of its line, nothing of which was used.
  var isPositioned = false
  /// Where isPositioned: the spaces before `at`, and the first tab after those or -1.
  var column = 0
  var tabOffset = -1
  /// `at` is the end of the text or a document marker.
  var isDocumentEnd = false
  /// The columns of the collections that the current line closed.
  var closed = ClosedColumns()
  /// The entry line before the current one.
  var entryBefore = EntryLine()
  /// Where the last token of the flow collection ends.
  var flowEnd = 0
  /// The stack holds a frame for the place of a flow collection, which is none itself.
  var isInFlow = false
  /// A line of the flow collection around is not indented enough, and that has been said.
  var isFlowIndentationReported = false
  /// A flow collection ended early because it was too deep, which was reported.
  var isFlowLimitReached = false
  /// A conflict marker `<<<<<<<` was met, its `>>>>>>>` was not; and none follows.
  var isInConflict = false
  var hasNoConflictEnd = false
  /// The start of the line on which the last syntax error was reported; -1 for none.
  var lineReported = -1
  /// The start of a line that was reported because of a later one; -1 for none.
  var lineBlamed = -1
  /// Anchors of this document by name.
  var anchors = NameTable()
  /// Tag handles of this document.
  var handles = NameTable()
  /// Keys of the mapping that is being closed.
  var keys = NameTable()

  init(limits: YAMLLimits, placeholders: Bool) {
    self.limits = limits
    self.placeholders = placeholders
  }

  mutating func parse(_ text: Span<UInt8>) {
    let lengthMax = min(limits.textLengthMax, 1 << 30)
    if text.count > lengthMax {
      report(
        .yamlLimit, at: 0, text.count,
        "the text has \(text.count) bytes, more than textLengthMax (\(lengthMax))")
      skip(0, text.count)
      appendEmptyDocument()
    } else if let encoding = Encoding.wideBOM(text) {
      report(
        .yamlEncoding, at: 0, encoding.length,
        "the text is \(encoding.name); save it as UTF-8")
      skip(0, text.count)
      appendEmptyDocument()
    } else {
      // As many as a text of short values has, so that the array need not move; what stays unused is never touched.
      records.reserveCapacity(text.count / 8)
      stream(text)
      checkEncoding(text)
      checkAliases(text)
    }
    diagnostics.sort()
    invalid.sort()
  }

  private mutating func appendEmptyDocument() {
    records.append(Record(.plain, 0, 0))
    documents.append(DocumentRecord(root: 0, isExplicit: false))
  }

  // MARK: Records

  /// Appends a record, which is a child of no collection yet.
  @inline(__always) mutating func append(_ record: Record) -> Int32 {
    records.append(record)
    return Int32(truncatingIfNeeded: records.count - 1)
  }

  /// Makes a record the next child of the innermost collection, or the root of the document.
  @inline(__always) mutating func attach(_ index: Int32) {
    if top.last >= 0 {
      records[Int(top.last)].next = index
    } else if top.record >= 0 {
      records[Int(top.record)].link = index
    }
    top.beforeLast = top.last
    top.last = index
  }

  /// Attaches an empty plain scalar at `offset`.
  mutating func attachEmpty(at offset: Int) {
    attach(append(Record(.plain, offset, offset)))
  }

  /// Attaches an empty plain scalar at `offset` with its properties.
  mutating func attachEmpty(at offset: Int, _ properties: Int32, _ text: Span<UInt8>) {
    let index = append(Record(.plain, offset, offset))
    apply(properties, to: index, text)
    attach(index)
  }

  /// Opens a collection inside the innermost one.
  ///
  /// - Returns: whether there was room; if not, the rest of the document has been skipped.
  mutating func open(_ frame: Frame, _ text: Span<UInt8>) -> Bool {
    if stack.count - (isInFlow ? 1 : 0) >= limits.depthMax {
      isFlowLimitReached = isInFlow
      report(
        .yamlLimit, at: at, min(at + 1, text.count),
        "collections are nested deeper than depthMax (\(limits.depthMax))")
      attachEmpty(at: at)
      skipDocument(text)
      return false
    }
    attach(frame.record)
    stack.append(top)
    top = frame
    return true
  }

  /// Closes the innermost collection, which is not the document.
  mutating func close(_ text: Span<UInt8>) {
    completeKey()
    if top.last >= 0 {
      let end = records[Int(top.last)].end
      if !top.kind.isFlow, end > records[Int(top.record)].end {
        records[Int(top.record)].end = end
      }
    }
    if top.kind.isMapping { checkKeys(text) }
    if let outer = stack.popLast() { top = outer }
  }

  // MARK: Findings

  /// Reports a broken production, unless this line has been complained about already.
  mutating func reportSyntax(
    at start: Int, _ end: Int, _ message: String, related: [Related] = [],
    fixIts: [FixIt] = []
  ) {
    guard lineReported != lineStart else { return }
    lineReported = lineStart
    report(.yamlSyntax, at: start, end, message, related: related, fixIts: fixIts)
  }

  /// Whether a syntax error on this line would not be reported.
  var isSilent: Bool {
    lineReported == lineStart || diagnostics.count > max(limits.diagnosticCountMax, 0)
  }

  mutating func report(
    _ code: DiagnosticCode, at start: Int, _ end: Int, _ message: String,
    related: [Related] = [], fixIts: [FixIt] = []
  ) {
    let countMax = max(limits.diagnosticCountMax, 0)
    guard diagnostics.count <= countMax else { return }
    let range = ByteRange(start, max(start, end))
    if diagnostics.count == countMax {
      diagnostics.append(
        Diagnostic(
          .yamlLimit, at: range,
          "there are more diagnostics than diagnosticCountMax (\(countMax))"))
      return
    }
    diagnostics.append(
      Diagnostic(code, at: range, message, related: related, fixIts: fixIts))
  }

  /// Notes that no node holds these bytes.
  mutating func skip(_ start: Int, _ end: Int) {
    if start < end { invalid.append(ByteRange(start, end)) }
  }

  // MARK: Lines

  /// The column of an offset of the current line, in bytes; tabs of the indentation count as they were expanded.
  @inline(__always) func column(of offset: Int) -> Int {
    offset - lineStart + lineShift
  }

  /// Goes on to the first content after this line, past blank lines and comments. `at` is at the end of the line's
  /// content, before blanks, a comment or a break.
  mutating func nextContent(_ text: Span<UInt8>) {
    isPositioned = true
    tabOffset = -1
    lineShift = 0
    var offset = text.lineEnd(from: at)
    while offset < text.count {
      offset = text.skippingBreak(from: offset)
      let line = offset
      while offset < text.count, text[offset] == 0x20 { offset += 1 }
      lineStart = line
      column = offset - line
      let byte = text.byte(at: offset)
      if byte.isBreak { continue }
      if byte == UInt8(ascii: "#") {
        offset = text.lineEnd(from: offset)
        continue
      }
      if byte == 0x09 {
        let tab = offset
        offset = text.skippingBlanks(from: offset)
        if text.isLineEnd(at: offset) { continue }
        if text[offset] == UInt8(ascii: "#") {
          offset = text.lineEnd(from: offset)
          continue
        }
        tabOffset = tab
        at = offset
        return
      }
      guard offset < text.count else { break }
      if column == 0, text.documentMarker(at: line) != nil { isDocumentEnd = true }
      at = offset
      return
    }
    at = text.count
    isDocumentEnd = true
  }

  /// Skips what stands before the next document marker or the end of the text.
  mutating func skipDocument(_ text: Span<UInt8>) {
    let start = at
    var offset = text.lineEnd(from: at)
    while offset < text.count {
      offset = text.skippingBreak(from: offset)
      lineStart = offset
      if text.documentMarker(at: offset) != nil { break }
      offset = text.lineEnd(from: offset)
    }
    skip(start, offset)
    at = offset
    isPositioned = true
    isDocumentEnd = true
  }

  /// Skips to the end of the line, without its trailing blanks and comment.
  mutating func skipLine(_ text: Span<UInt8>) {
    let end = endOfContent(text, from: at)
    skip(at, end)
    at = end
  }

  /// Where the content of the line ends that starts at `start`: before a comment and blanks.
  func endOfContent(_ text: Span<UInt8>, from start: Int) -> Int {
    var offset = start
    while offset < text.count, !text[offset].isBreak {
      if text[offset] == UInt8(ascii: "#"), offset > start, text[offset - 1].isBlank { break }
      offset += 1
    }
    return text.droppingBlanks(before: offset, notBefore: start)
  }
}
