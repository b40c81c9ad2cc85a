import JSON
import Source

/// What is read, written and read again is the same value, in every style, and writing it is a fixpoint.
func fuzzJSON(_ bytes: Span<UInt8>) {
  var limits = JSONLimits()
  limits.textLengthMax = 1 << 20
  var outline = JSONOutline()
  let isOutlined = outline.read(bytes, limits: limits)
  let document: JSONDocument
  do throws(JSONFailure) {
    document = try JSONDocument.parse(bytes, limits: limits)
  } catch {
    Invariant.demand(
      error.offset >= 0 && error.offset <= bytes.count, "a failure lies in its text: \(error)")
    Invariant.demand(!isOutlined, "what is refused has no outline: \(error)")
    return
  }
  if isOutlined { compare(outline, document, bytes) }
  for name in document.duplicateNames {
    let isQuoted =
      name.count > 1 && name.end <= bytes.count && bytes[name.start] == 0x22
      && bytes[name.end - 1] == 0x22
    Invariant.demand(isQuoted, "a name that comes again stands in quotes at \(name)")
  }
  for style in [JSONStyle.compact, .pretty, .ascii] {
    let written = document.root.serialized(style)
    let again = try? JSONDocument.parse(written)
    let shown = "\(style): \(Invariant.shown(written))"
    Invariant.demand(again?.root == document.root, "what is written reads back, \(shown)")
    Invariant.demand(
      again?.duplicateNames.isEmpty == true, "no name is written twice, \(shown)")
    Invariant.demandSame(
      again?.root.serialized(style) ?? [], written, "writing is a fixpoint, \(style)")
    if style == .ascii {
      Invariant.demand(written.allSatisfy { $0 >= 0x20 && $0 <= 0x7E }, "all is ASCII, \(shown)")
    }
  }
  guard let canonical = try? CanonicalJSON.bytes(of: document.root) else { return }
  let again = (try? JSONDocument.parse(canonical).root).flatMap { try? CanonicalJSON.bytes(of: $0) }
  Invariant.demandSame(again ?? [], canonical, "the canonical form is its own")
}

/// An outline has the members that the document has.
private func compare(_ outline: JSONOutline, _ document: JSONDocument, _ bytes: Span<UInt8>) {
  let members = outline.members.map { member in
    let value = try? JSONDocument.parse(
      bytes.extracting(member.value.start..<member.value.end)
    ).root
    let name = try? JSONDocument.parse(
      bytes.extracting((member.name.start - 1)..<(member.name.end + 1))
    ).root.stringValue
    return JSONMember(name ?? "none", value ?? .null)
  }
  Invariant.demand(document.duplicateNames.isEmpty, "no name comes twice in an outline")
  Invariant.demand(
    document.root.objectValue.map { Array($0.members) } == members, "an outline has all members")
}
