/// Writes YAML in one canonical form: two spaces, flow collections on one line, the quotes that both YAML 1.1 and 1.2 need.
///
/// Call `begin…`, scalar and `end…` methods in the order of the nodes; in a mapping keys and values alternate. A collection
/// without children is `{}` or `[]`. The last line has a break once the root node is complete.
package struct YAMLWriter: Sendable {
  struct Frame {
    var isMapping: Bool
    var isFlow: Bool
    /// The column of its entries; of a flow collection, that of the block collection around it.
    var indent: Int
    /// Keys and values, or items, so far.
    var count = 0
    /// Nothing of it is written, so that it can still become `{}` or `[]`.
    var isPending = true
    /// Its first entry goes on the line that is being written.
    var isInline = false
    /// Its last key stands after a `?`.
    var hasExplicitKey = false
  }

  /// Anchor and tag of a node.
  private struct Properties {
    var anchor: String?
    var tag: String?

    var isEmpty: Bool { anchor == nil && tag == nil }
  }

  /// Everything written so far, in UTF-8.
  package private(set) var bytes: [UInt8] = []

  private let lineBreak: [UInt8]
  private let indentation: Int
  private var frames: [Frame] = []
  /// Those of the innermost collection while it is pending; of the others they are written.
  private var properties = Properties()
  /// Nothing is on the line being written.
  private var isLineStart = true
  /// The last thing written is a block scalar that ends with a break.
  private var isOpenEnded = false
  /// The line holds a `---` only.
  private var isAfterMarker = false
  /// Writes strings as JSON does.
  private let isJSON: Bool
  /// What is written goes into a text that has other things before and after it.
  private var isFragment = false
  /// The first node is a block collection that is not empty.
  private(set) var startsWithBlock = false
  /// How many of the frames were there from the start: what is written is an entry inside them.
  private let outerCount: Int

  /// - Parameters:
  ///   - lineBreak: what ends a line: LF, CR LF or CR.
  ///   - indentation: the column of block content, in spaces.
  package init(lineBreak: String = "\n", indentation: Int = 0) {
    self.lineBreak = Array(lineBreak.utf8)
    self.indentation = max(indentation, 0)
    isJSON = false
    outerCount = 0
  }

  /// A writer for what stands inside a collection that is there already.
  init(inside frame: Frame, lineBreak: [UInt8], isJSON: Bool) {
    self.lineBreak = lineBreak
    indentation = frame.indent
    frames = [frame]
    self.isJSON = isJSON
    outerCount = 1
    isLineStart = false
    isFragment = true
  }

  /// A writer for one node at a place in a text, on a line that has begun, whose further lines start at `indentation`.
  init(nodeAt indentation: Int, lineBreak: [UInt8], isJSON: Bool) {
    self.lineBreak = lineBreak
    self.indentation = indentation
    self.isJSON = isJSON
    outerCount = 0
    isLineStart = false
    isFragment = true
  }

  /// Bytes written so far.
  package var offset: Int { bytes.count }

  // MARK: Collections

  /// Starts a mapping; inside a flow collection it is in flow style whatever `flow` says.
  package mutating func beginMapping(
    flow: Bool = false, anchor: String? = nil, tag: String? = nil
  ) {
    begin(isMapping: true, flow, anchor, tag)
  }

  /// Starts a sequence; inside a flow collection it is in flow style whatever `flow` says.
  package mutating func beginSequence(
    flow: Bool = false, anchor: String? = nil, tag: String? = nil
  ) {
    begin(isMapping: false, flow, anchor, tag)
  }

  /// Ends the innermost mapping.
  package mutating func endMapping() { end() }

  /// Ends the innermost sequence.
  package mutating func endSequence() { end() }

  private mutating func begin(isMapping: Bool, _ flow: Bool, _ anchor: String?, _ tag: String?) {
    openPending()
    let outer = frames.last
    let frame = Frame(
      isMapping: isMapping, isFlow: flow || isJSON || outer?.isFlow == true,
      indent: outer?.indent ?? indentation)
    frames.append(frame)
    if anchor != nil || tag != nil { properties = Properties(anchor: anchor, tag: tag) }
  }

  private mutating func end() {
    guard frames.count > outerCount, let frame = frames.popLast() else { return }
    if frame.isPending {
      startNode(isKeySimple: false)
      writeProperties(isFollowed: true)
      write(UInt8(ascii: frame.isMapping ? "{" : "["))
    }
    if frame.isFlow || frame.isPending { write(UInt8(ascii: frame.isMapping ? "}" : "]")) }
    endNode()
  }

  /// Writes the start of the innermost collection, now that it is known to have children.
  private mutating func openPending() {
    guard var frame = frames.last, frame.isPending, frames.count > outerCount else { return }
    frames.removeLast()
    let isValue = frames.last.map { $0.isMapping && !$0.isFlow && $0.count % 2 == 1 } ?? false
    let isExplicit = frames.last?.hasExplicitKey ?? false
    startNode(isKeySimple: false)
    let hasProperties = writeProperties(isFollowed: frame.isFlow)
    if frame.isFlow {
      write(UInt8(ascii: frame.isMapping ? "{" : "["))
    } else {
      if bytes.isEmpty { startsWithBlock = true }
      if let outer = frames.last { frame.indent = outer.indent + 2 }
      frame.isInline = !hasProperties && !isAfterMarker && (!isValue || isExplicit)
    }
    frame.isPending = false
    frames.append(frame)
  }

  // MARK: Scalars

  /// Writes a string: plain where both YAML versions read it back as the same string, else in double quotes on one line.
  package mutating func string(_ text: String) {
    let isFlow = isInFlow
    if !isJSON, ScalarText.isPlainString(text.utf8.span, isFlow: isFlow) {
      scalar(written: text.utf8.span)
    } else {
      scalar(written: ScalarText.doubleQuoted(text).span)
    }
  }

  /// What ``string(_:)`` writes of a string that is a value in a block collection.
  package static func blockValue(_ text: String) -> [UInt8] {
    ScalarText.isPlainString(text.utf8.span, isFlow: false)
      ? Array(text.utf8) : ScalarText.doubleQuoted(text)
  }

  /// Writes a text that the caller knows to be a plain scalar in its place: a number, `true`, `null`.
  package mutating func plain(_ text: String) {
    scalar(written: text.utf8.span)
  }

  /// Writes a text of one line that was a plain scalar in the same kind of place.
  mutating func plain(known text: ArraySlice<UInt8>) {
    openPending()
    let isMarker = text.span.documentMarker(at: 0) != nil && !isInFlow
    startNode(isKeySimple: !isMarker, length: text.count)
    if frames.isEmpty, isMarker, !isAfterMarker { pendingSpace = true }
    writePendingSpace()
    bytes.append(contentsOf: text)
    endNode()
  }

  /// Writes a scalar in a style, or in double quotes where that style cannot hold the text in its place.
  package mutating func scalar(
    _ text: String, style: ScalarStyle, anchor: String? = nil, tag: String? = nil
  ) {
    openPending()
    let indent = (frames.last?.indent ?? indentation) + 2
    let form = ScalarText(
      content: Array(text.utf8), isFlow: isInFlow, isRoot: frames.isEmpty,
      isKey: frames.last.map { $0.isMapping && $0.count % 2 == 0 } ?? false, indent: indent,
      lineBreak: lineBreak)
    // A block scalar could take in the lines after a fragment.
    let isBlock = (style == .literal || style == .folded) && !isFragment
    let isNumber = style == .plain && CoreScalar(plain: text) != .string && !text.isEmpty
    let wanted =
      isFragment && !isBlock && style.rawValue > 2 || isJSON && !isNumber ? .doubleQuoted : style
    let written = form.written(wanted) ?? ScalarText.doubleQuoted(text)
    let isBlockWritten = isBlock && written.first != UInt8(ascii: "\"")
    let isOneLine = !written.contains(0x0A) && !written.contains(0x0D)
    // At the start of a line, a key like `--- a` would be a document marker.
    let isMarker = written.span.documentMarker(at: 0) != nil && !isInFlow
    startNode(
      isKeySimple: !isBlockWritten && isOneLine && !isMarker, length: written.count)
    write(anchor: anchor, tag: tag, isFollowed: !written.isEmpty)
    write(content: written.span)
    if isBlockWritten {
      isLineStart = true
      isOpenEnded = text.utf8.last == 0x0A
    }
    endNode()
  }

  /// Writes an alias: `*name`.
  package mutating func alias(_ name: String) {
    openPending()
    startNode(isKeySimple: true)
    write("*\(name)")
    // `*a:` would be a longer name.
    if let frame = frames.last, frame.isMapping, frame.count % 2 == 1, !frame.hasExplicitKey {
      write(" ")
    }
    endNode()
  }

  /// Writes a scalar of one line.
  private mutating func scalar(written: Span<UInt8>) {
    openPending()
    startNode(isKeySimple: true, length: written.count)
    write(content: written)
    endNode()
  }

  private var isInFlow: Bool { frames.last?.isFlow ?? isJSON }

  // MARK: Lines

  /// Writes `# text` on a line of its own before the next entry. Nothing is written inside a flow collection.
  package mutating func comment(_ text: String) {
    guard startOwnLine() else { return }
    write(String(repeating: " ", count: frames.last?.indent ?? indentation))
    write("#")
    if !text.isEmpty { write(" ") }
    for byte in text.utf8 { bytes.append(byte == 0x0A || byte == 0x0D ? 0x20 : byte) }
    breakLine()
  }

  /// Writes an empty line before the next entry. Nothing is written inside a flow collection.
  package mutating func emptyLine() {
    // After a block scalar it could become part of that.
    guard !isOpenEnded, startOwnLine() else { return }
    breakLine()
  }

  private mutating func startOwnLine() -> Bool {
    openPending()
    if let frame = frames.last {
      guard !frame.isFlow, !frame.isMapping || frame.count % 2 == 0 else { return false }
      frames[frames.count - 1].isInline = false
    }
    if !isLineStart { breakLine() }
    return true
  }

  private mutating func breakLine() {
    bytes.append(contentsOf: lineBreak)
    isLineStart = true
    isAfterMarker = false
    pendingSpace = false
  }

  // MARK: Documents

  /// Writes `---` before a document's root.
  mutating func documentStart() {
    if !isLineStart { breakLine() }
    write("---")
    isAfterMarker = true
  }

  /// Writes `...` after a document's root.
  mutating func documentEnd() {
    if !isLineStart { breakLine() }
    write("...")
    breakLine()
  }

  // MARK: Parts

  /// Writes what stands between the last node and this one, and counts it.
  ///
  /// - Parameters:
  ///   - isKeySimple: whether it may be a key without `?`.
  ///   - length: bytes of a scalar as written.
  private mutating func startNode(isKeySimple: Bool, length: Int = 0) {
    guard var frame = frames.last else {
      if isAfterMarker { pendingSpace = true } else if isLineStart { writeIndent(indentation) }
      return
    }
    defer { frames[frames.count - 1] = frame }
    let isKey = frame.isMapping && frame.count % 2 == 0
    defer { frame.count += 1 }
    if frame.isFlow {
      if frame.isMapping, !isKey {
        write(UInt8(ascii: ":"))
        pendingSpace = true
      } else if frame.count > 0 {
        write(UInt8(ascii: ","))
        pendingSpace = true
      }
      return
    }
    if frame.isMapping, !isKey {
      if frame.hasExplicitKey {
        if !isLineStart { breakLine() }
        writeIndent(frame.indent)
        frame.hasExplicitKey = false
      }
      write(UInt8(ascii: ":"))
      pendingSpace = true
      return
    }
    if frame.isInline {
      frame.isInline = false
      if pendingSpace { writePendingSpace() }
      if isLineStart { writeIndent(frame.indent) }
    } else {
      pendingSpace = false
      if !isLineStart { breakLine() }
      writeIndent(frame.indent)
    }
    if !frame.isMapping {
      write(UInt8(ascii: "-"))
      pendingSpace = true
    } else if !isKeySimple || length > Self.keyLengthMax {
      write(UInt8(ascii: "?"))
      pendingSpace = true
      frame.hasExplicitKey = true
    }
  }

  /// A key may have 1024 characters with its properties (YAML 1.2.2 section 7.4).
  private static let keyLengthMax = 512

  /// A space is due if anything else comes on this line.
  private var pendingSpace = false

  private mutating func endNode() {
    isAfterMarker = false
    guard frames.isEmpty, !isFragment else { return }
    pendingSpace = false
    if !isLineStart { breakLine() }
  }

  private mutating func writeIndent(_ count: Int) {
    for _ in 0..<count { bytes.append(0x20) }
    isLineStart = false
  }

  /// Writes anchor and tag of the pending collection, which is none of the frames just now.
  ///
  /// - Returns: whether it has any.
  @discardableResult
  private mutating func writeProperties(isFollowed: Bool) -> Bool {
    if properties.isEmpty { return false }
    let (anchor, tag) = (properties.anchor, properties.tag)
    properties = Properties()
    write(anchor: anchor, tag: tag, isFollowed: isFollowed)
    return true
  }

  private mutating func write(anchor: String?, tag: String?, isFollowed: Bool) {
    guard anchor != nil || tag != nil else { return }
    if let anchor { write("&" + anchor) }
    if anchor != nil, tag != nil { write(" ") }
    if let tag { write(Tag.written(tag)) }
    // An empty key: `&a :`, since `&a:` would be a longer name.
    if isFollowed {
      pendingSpace = true
    } else if let frame = frames.last, frame.isMapping, frame.count % 2 == 1, !frame.hasExplicitKey
    {
      write(" ")
    }
  }

  private mutating func write(content: Span<UInt8>) {
    guard !content.isEmpty else { return }
    writePendingSpace()
    bytes.append(addingCapacity: content.count) { room in
      for index in content.indices { room.append(content[index]) }
    }
  }

  private mutating func write(_ text: String) {
    writePendingSpace()
    bytes.append(contentsOf: text.utf8)
  }

  private mutating func write(_ mark: UInt8) {
    writePendingSpace()
    bytes.append(mark)
  }

  /// Writes what is due before anything else on this line.
  private mutating func writePendingSpace() {
    if pendingSpace {
      pendingSpace = false
      bytes.append(0x20)
    }
    isLineStart = false
    isOpenEnded = false
  }
}
