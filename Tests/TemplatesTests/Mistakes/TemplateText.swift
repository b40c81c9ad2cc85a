import Source
import TestSupport
import YAML

/// A template as those see it who make mistakes in it: its keys, values and names with their places.
struct TemplateText {
  enum Step: Hashable {
    case key(String)
    case index(Int)
  }

  /// One key with its value, or one item of a list.
  struct Place {
    let steps: [Step]
    /// Without indices, as ``TemplateGrammar`` has it.
    let path: String
    /// The place of the entry in its mapping; nil for an item.
    let entry: (index: Int, mapping: YAMLNode, key: ByteRange)?
    let value: YAMLNode
    /// The scalars that stand beside it, by key; empty for an item.
    let beside: [String: String]

    var name: String { path.split(separator: ".").last.map(String.init) ?? "" }
    var parentPath: String { path.split(separator: ".").dropLast().joined(separator: ".") }
    var isItem: Bool { entry == nil }
  }

  let name: String
  let text: SourceText
  let tree: YAMLTree
  let places: [Place]
  /// By list: `nodes`, `topology.nodes`, `classes`, `topology.constraints`, `parameters`.
  let ids: [String: [String]]
  /// Every node that is there or that something refers to, so that a queue which the topology makes is among them.
  let nodeNames: Set<String>
  /// Types of parameters by name.
  let parameterTypes: [String: String]

  init(_ name: String, _ text: SourceText) {
    self.name = name
    self.text = text
    tree = YAMLTree(parsing: text, placeholders: true)
    var places: [Place] = []
    if let root = tree.documents.first { TemplateText.walk(root, [], "", &places) }
    self.places = places
    var ids: [String: [String]] = [:]
    for (list, id) in TemplateGrammar.ids {
      ids[list] = places.filter { $0.path == "\(list)[].\(id.key)" }.map { $0.value.string }
    }
    self.ids = ids
    var nodeNames = Set(ids["nodes"] ?? [])
    for place in places {
      if case .nodes? = TemplateGrammar.references[place.path]?.0 {
        nodeNames.insert(place.value.string)
      }
      if place.path == "nodes[].expr" {
        nodeNames.formUnion(
          ExpressionText(place.value.range, in: text).words.map(text.string(in:)))
      }
    }
    self.nodeNames = nodeNames
    parameterTypes = Dictionary(
      places.filter { $0.path == "parameters[].name" }.map {
        ($0.value.string, $0.beside["type"] ?? "")
      }, uniquingKeysWith: { first, _ in first })
  }

  private static func walk(
    _ node: YAMLNode, _ steps: [Step], _ path: String, _ places: inout [Place]
  ) {
    var beside: [String: String] = [:]
    for entry in node.entries where entry.value.kind == .scalar {
      beside[entry.key.string] = entry.value.string
    }
    for (index, entry) in node.entries.enumerated() {
      let key = entry.key.string
      let place = Place(
        steps: steps + [.key(key)], path: path.isEmpty ? key : path + "." + key,
        entry: (index, node, entry.key.range), value: entry.value, beside: beside)
      places.append(place)
      walk(entry.value, place.steps, place.path, &places)
    }
    for (index, item) in node.items.enumerated() {
      let place = Place(
        steps: steps + [.index(index)], path: path + "[]", entry: nil, value: item, beside: [:])
      places.append(place)
      walk(item, place.steps, place.path, &places)
    }
  }

  /// The node at a path, and the key that leads to it.
  func node(at steps: some Collection<Step>) -> (key: ByteRange?, node: YAMLNode)? {
    guard var node = tree.documents.first else { return nil }
    var key: ByteRange?
    for step in steps {
      switch step {
      case .key(let name):
        guard let entry = node.entries.first(where: { $0.key.string == name }) else { return nil }
        (key, node) = (entry.key.range, entry.value)
      case .index(let index):
        guard let item = node.items.item(at: index) else { return nil }
        node = item
      }
    }
    return (key, node)
  }

  /// What a scalar says, without quotes around it; nil for a block scalar and for one with escapes.
  func word(of value: YAMLNode) -> ByteRange? {
    guard value.kind == .scalar, !value.range.isEmpty else { return nil }
    let range =
      value.style == .plain
      ? value.range
      : ByteRange(value.range.start + 1, max(value.range.end - 1, value.range.start + 1))
    return text.string(in: range) == value.string ? range : nil
  }

  /// Names between `${` and `}`.
  func references(in range: ByteRange) -> [ByteRange] {
    let bytes = text.bytes
    var found: [ByteRange] = []
    var offset = range.start
    while offset + 2 < range.end {
      if bytes[offset] == UInt8(ascii: "$"), bytes[offset + 1] == UInt8(ascii: "{"),
        let end = bytes[offset..<range.end].firstIndex(of: UInt8(ascii: "}"))
      {
        found.append(ByteRange(offset + 2, end))
        offset = end
      }
      offset += 1
    }
    return found
  }
}

/// The words and calls of an expression, found without its grammar.
struct ExpressionText {
  struct Call {
    let function: ByteRange
    /// Between the brackets, without the white space around them.
    let arguments: [ByteRange]
    /// To the closing bracket.
    let range: ByteRange
  }

  /// Names of nodes.
  private(set) var words: [ByteRange] = []
  private(set) var calls: [Call] = []

  init(_ range: ByteRange, in text: SourceText) {
    let bytes = text.bytes
    var open: [(function: ByteRange?, starts: [Int])] = []
    var offset = range.start
    while offset < range.end {
      let byte = bytes[offset]
      if byte == UInt8(ascii: "$") {
        while offset < range.end, bytes[offset] != UInt8(ascii: "}") { offset += 1 }
        offset += 1
      } else if ExpressionText.isLetter(byte) {
        let start = offset
        while offset < range.end, ExpressionText.isLetter(bytes[offset]) || isDigit(bytes[offset]) {
          offset += 1
        }
        if offset < range.end, bytes[offset] == UInt8(ascii: "(") {
          open.append((ByteRange(start, offset), [offset + 1]))
          offset += 1
        } else {
          words.append(ByteRange(start, offset))
        }
      } else {
        switch byte {
        case UInt8(ascii: "("), UInt8(ascii: "["): open.append((nil, []))
        case UInt8(ascii: ","):
          if let last = open.indices.last { open[last].starts.append(offset + 1) }
        case UInt8(ascii: ")"), UInt8(ascii: "]"):
          if let call = open.popLast(), let function = call.function {
            let ends = call.starts.dropFirst().map { $0 - 1 } + [offset]
            calls.append(
              Call(
                function: function,
                arguments: zip(call.starts, ends).map { ExpressionText.trimmed($0, $1, bytes) },
                range: ByteRange(function.start, offset + 1)))
          }
        default: break
        }
        offset += 1
      }
    }
  }

  private static func trimmed(_ start: Int, _ end: Int, _ bytes: [UInt8]) -> ByteRange {
    var (start, end) = (start, end)
    while start < end, bytes[start] <= 0x20 { start += 1 }
    while end > start, bytes[end - 1] <= 0x20 { end -= 1 }
    return ByteRange(start, end)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || byte == 0x5F
  }
}

private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
