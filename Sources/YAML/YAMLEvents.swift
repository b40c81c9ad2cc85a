import Source

/// One event of a stream, as the public YAML test suite notates it.
package enum YAMLEvent: Hashable, Sendable, CustomStringConvertible {
  case streamStart
  case streamEnd
  case documentStart(isExplicit: Bool)
  case documentEnd(isExplicit: Bool)
  case mappingStart(isFlow: Bool, anchor: String?, tag: String?)
  case mappingEnd
  case sequenceStart(isFlow: Bool, anchor: String?, tag: String?)
  case sequenceEnd
  case scalar(String, style: ScalarStyle, anchor: String?, tag: String?)
  case alias(String)

  /// The event in the notation of the suite: `+MAP {} &a <tag>`, `=VAL :text`.
  package var description: String {
    switch self {
    case .streamStart: return "+STR"
    case .streamEnd: return "-STR"
    case .documentStart(let isExplicit): return isExplicit ? "+DOC ---" : "+DOC"
    case .documentEnd(let isExplicit): return isExplicit ? "-DOC ..." : "-DOC"
    case .mappingStart(let isFlow, let anchor, let tag):
      return "+MAP" + (isFlow ? " {}" : "") + Self.properties(anchor, tag)
    case .mappingEnd: return "-MAP"
    case .sequenceStart(let isFlow, let anchor, let tag):
      return "+SEQ" + (isFlow ? " []" : "") + Self.properties(anchor, tag)
    case .sequenceEnd: return "-SEQ"
    case .scalar(let text, let style, let anchor, let tag):
      let mark =
        switch style {
        case .plain: ":"
        case .singleQuoted: "'"
        case .doubleQuoted: "\""
        case .literal: "|"
        case .folded: ">"
        }
      return "=VAL" + Self.properties(anchor, tag) + " " + mark + Self.escaped(text)
    case .alias(let name): return "=ALI *" + name
    }
  }

  private static func properties(_ anchor: String?, _ tag: String?) -> String {
    (anchor.map { " &" + $0 } ?? "") + (tag.map { " <" + $0 + ">" } ?? "")
  }

  private static func escaped(_ text: String) -> String {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\\"): bytes += [byte, byte]
      case 0x0A: bytes += Array("\\n".utf8)
      case 0x0D: bytes += Array("\\r".utf8)
      case 0x09: bytes += Array("\\t".utf8)
      case 0x08: bytes += Array("\\b".utf8)
      default: bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// The events of a stream, made one by one.
package struct YAMLEvents: Sequence, Sendable {
  fileprivate let storage: YAMLTree.Storage

  package func makeIterator() -> Iterator { Iterator(storage) }

  package struct Iterator: IteratorProtocol {
    private enum Place {
      case start, documentStart, node, collectionEnd, documentEnd, streamEnd, end
    }

    private let storage: YAMLTree.Storage
    private var place = Place.start
    private var document = 0
    private var node: Int32 = -1
    private var open: [Int32] = []

    fileprivate init(_ storage: YAMLTree.Storage) {
      self.storage = storage
    }

    package mutating func next() -> YAMLEvent? {
      switch place {
      case .start:
        place = storage.documents.isEmpty ? .streamEnd : .documentStart
        return .streamStart
      case .documentStart:
        node = storage.documents[document].root
        place = .node
        return .documentStart(isExplicit: storage.documents[document].isExplicit)
      case .node: return visit()
      case .collectionEnd:
        let closed = open.removeLast()
        goOn(after: closed)
        return storage.records[Int(closed)].kind.isMapping ? .mappingEnd : .sequenceEnd
      case .documentEnd:
        let isExplicit = storage.documents[document].isEndExplicit
        document += 1
        place = document < storage.documents.count ? .documentStart : .streamEnd
        return .documentEnd(isExplicit: isExplicit)
      case .streamEnd:
        place = .end
        return .streamEnd
      case .end: return nil
      }
    }

    private mutating func visit() -> YAMLEvent {
      let handle = YAMLNode(storage, node)
      let record = handle.record
      if record.kind.isCollection {
        open.append(node)
        node = record.link
        if node < 0 { place = .collectionEnd }
        let isFlow = record.kind.isFlow
        return record.kind.isMapping
          ? .mappingStart(isFlow: isFlow, anchor: handle.anchor, tag: handle.tag)
          : .sequenceStart(isFlow: isFlow, anchor: handle.anchor, tag: handle.tag)
      }
      goOn(after: node)
      if record.kind == .alias {
        return .alias(storage.text.string(in: ByteRange(Int(record.start) + 1, Int(record.end))))
      }
      return .scalar(handle.string, style: handle.style, anchor: handle.anchor, tag: handle.tag)
    }

    private mutating func goOn(after visited: Int32) {
      node = open.isEmpty ? -1 : storage.records[Int(visited)].next
      place = node >= 0 ? .node : open.isEmpty ? .documentEnd : .collectionEnd
    }
  }
}

extension YAMLTree {
  /// The events of the whole stream, broken parts left out. Complexity: O(bytes) for all.
  package var events: YAMLEvents { YAMLEvents(storage: storage) }
}
