import Source

extension Parser {
  /// c-ns-tag-property [97] or c-ns-anchor-property [101], added to `index`, which is made if it is -1.
  mutating func property(_ text: Span<UInt8>, _ index: inout Int32, isFlow: Bool) {
    if index < 0 {
      index = Int32(truncatingIfNeeded: properties.count)
      properties.append(Properties())
    }
    let start = at
    if text[at] == UInt8(ascii: "&") {
      let end = nameEnd(text, from: at + 1)
      if end == at + 1 {
        reportSyntax(at: at, end, "an anchor needs a name after '&'")
      } else if properties[Int(index)].anchorStart >= 0 {
        reportSyntax(
          at: start, end, "a node has only one anchor",
          related: [related(properties[Int(index)], "the first anchor")])
      } else {
        properties[Int(index)].anchorStart = Int32(truncatingIfNeeded: start + 1)
        properties[Int(index)].anchorEnd = Int32(truncatingIfNeeded: end)
      }
      at = end
    } else {
      at = tagEnd(text, from: at)
      if properties[Int(index)].tagStart >= 0 {
        reportSyntax(
          at: start, at, "a node has only one tag",
          related: [related(properties[Int(index)], "the first tag")])
      } else {
        properties[Int(index)].tagStart = Int32(truncatingIfNeeded: start)
        properties[Int(index)].tagEnd = Int32(truncatingIfNeeded: at)
        properties[Int(index)].directive = checkTag(text.extracting(start..<at), start, text)
      }
    }
    let next = text.byte(at: at)
    if !text.isSeparator(at: at), !(isFlow && next.isFlowIndicator) {
      reportSyntax(
        at: at, at + 1, "a space is missing after this anchor or tag",
        fixIts: [FixIt("insert a space", [TextEdit(ByteRange(at: at), " ")])])
    }
  }

  private func related(_ properties: Properties, _ message: String) -> Related {
    let start = Int(properties.start ?? 0)
    return Related(ByteRange(start, start + 1), message)
  }

  /// ns-anchor-char+ [102]
  func nameEnd(_ text: Span<UInt8>, from start: Int) -> Int {
    var offset = start
    while !text.isSeparator(at: offset), !text[offset].isFlowIndicator { offset += 1 }
    return offset
  }

  /// Where the tag ends that starts at `start`: verbatim [98], shorthand [99] or non-specific [100].
  func tagEnd(_ text: Span<UInt8>, from start: Int) -> Int {
    guard text.byte(at: start + 1) == UInt8(ascii: "<") else {
      return nameEnd(text, from: start + 1)
    }
    var offset = start + 2
    while !text.isSeparator(at: offset) {
      offset += 1
      if text[offset - 1] == UInt8(ascii: ">") { break }
    }
    return offset
  }

  /// Reports what is wrong with a tag.
  ///
  /// - Returns: the index of the directive that declares its handle, or -1.
  private mutating func checkTag(
    _ tag: Span<UInt8>, _ start: Int, _ text: Span<UInt8>
  ) -> Int32 {
    var directive: Int32 = -1
    var first = 1
    var end = tag.count
    if tag.byte(at: 1) == UInt8(ascii: "<") {
      guard tag.count > 3, tag[tag.count - 1] == UInt8(ascii: ">") else {
        reportSyntax(at: start, at, "a verbatim tag is written !<tag>")
        return -1
      }
      first = 2
      end -= 1
      if tag[2] == UInt8(ascii: "!"), end == 3 {
        reportSyntax(at: start, at, "a verbatim tag cannot be '!' alone")
      }
    } else if tag.count > 1 {
      let length = Tag.handleLength(tag)
      directive = tagDirective(tag.extracting(0..<length), text) ?? -1
      if length == tag.count {
        reportSyntax(at: start, at, "a tag needs a name after its handle")
      } else if length > 2, directive < 0 {
        report(
          .yamlTagHandleUndefined, at: start, start + length,
          "no %TAG directive of this document declares the handle")
      }
      first = length
      for offset in first..<end where tag[offset] == UInt8(ascii: "!") {
        reportSyntax(at: start + offset, start + offset + 1, "a tag's name cannot hold '!'")
      }
    }
    var offset = first
    while offset < end {
      let byte = tag[offset]
      if byte == UInt8(ascii: "%") {
        if tag.byte(at: offset + 1).hexValue == nil || tag.byte(at: offset + 2).hexValue == nil {
          reportSyntax(
            at: start + offset, start + offset + 1,
            "'%' in a tag is followed by two hexadecimal digits")
        }
      } else if !Tag.isURIByte(byte) {
        reportSyntax(
          at: start + offset, start + offset + 1,
          "a tag cannot hold this character; write its bytes as %xx")
      }
      offset += 1
    }
    return directive
  }

  /// The index of the directive of this document that declares a handle.
  func tagDirective(_ handle: Span<UInt8>, _ text: Span<UInt8>) -> Int32? {
    let known = tagDirectives
    return handles.value(NameTable.hash(handle)) {
      text.extracting(known[Int($0)].handle).equals(handle)
    }
  }

  /// The properties of one node that were met on several lines.
  mutating func merged(_ first: Int32, _ second: Int32) -> Int32 {
    guard first >= 0 else { return second }
    guard second >= 0 else { return first }
    let more = properties[Int(second)]
    if more.anchorStart >= 0 {
      if properties[Int(first)].anchorStart >= 0 {
        reportSyntax(
          at: Int(more.anchorStart) - 1, Int(more.anchorEnd), "a node has only one anchor",
          related: [related(properties[Int(first)], "the first anchor")])
      } else {
        properties[Int(first)].anchorStart = more.anchorStart
        properties[Int(first)].anchorEnd = more.anchorEnd
      }
    }
    if more.tagStart >= 0 {
      if properties[Int(first)].tagStart >= 0 {
        reportSyntax(
          at: Int(more.tagStart), Int(more.tagEnd), "a node has only one tag",
          related: [related(properties[Int(first)], "the first tag")])
      } else {
        properties[Int(first)].tagStart = more.tagStart
        properties[Int(first)].tagEnd = more.tagEnd
        properties[Int(first)].directive = more.directive
      }
    }
    return first
  }

  /// Makes a node known by its anchor; a later one of the same name takes its place from there on.
  mutating func define(_ index: Int32, _ node: Int32, _ text: Span<UInt8>) {
    properties[Int(index)].node = node
    let own = properties[Int(index)]
    guard own.anchorStart >= 0 else { return }
    let name = text.extracting(Int(own.anchorStart)..<Int(own.anchorEnd))
    let known = properties
    _ = anchors.insert(index, NameTable.hash(name), replacing: true) { other in
      let other = known[Int(other)]
      return text.extracting(Int(other.anchorStart)..<Int(other.anchorEnd)).equals(name)
    }
  }

  /// c-ns-alias-node [104], `at` being on its `*`.
  mutating func alias(_ text: Span<UInt8>) -> Int32 {
    hasAliases = true
    let end = nameEnd(text, from: at + 1)
    var record = Record(.alias, at, end)
    let name = text.extracting((at + 1)..<end)
    if name.isEmpty {
      reportSyntax(at: at, end, "an alias needs the name of an anchor after '*'")
    } else {
      let known = properties
      let found = anchors.value(NameTable.hash(name)) { other in
        let other = known[Int(other)]
        return text.extracting(Int(other.anchorStart)..<Int(other.anchorEnd)).equals(name)
      }
      if let found {
        record.link = properties[Int(found)].node
      } else {
        report(.yamlAliasUndefined, at: at, end, "no anchor of this name stands before the alias")
      }
    }
    at = end
    return append(record)
  }
}
