package import Source
package import YAML

/// Says what a scalar means: by the core schema alone, or by a template's parameters first.
///
/// One is asked for each scalar, so that it is an object: a value would be copied in and out.
package protocol ScalarMeaning: AnyObject {
  func value(of scalar: YAMLNode, at path: DataPath, findings: inout Findings) -> DataNode

  /// Looks at the text of a key, which is never replaced.
  ///
  /// - Returns: false where it is wrong, which is then reported: no rule is asked what the key means.
  func accepts(
    key: YAMLNode, text: String, at path: DataPath, findings: inout Findings
  ) -> Bool
}

extension ScalarMeaning {
  package func accepts(
    key: YAMLNode, text: String, at path: DataPath, findings: inout Findings
  ) -> Bool {
    true
  }
}

/// YAML 1.2.2 core schema (section 10.3) and the tags it names.
package final class CoreMeaning: ScalarMeaning, Sendable {
  package init() {}

  package func value(of scalar: YAMLNode, at path: DataPath, findings: inout Findings) -> DataNode {
    if let value = scalar.shortInteger {
      return DataNode(.number(.integer(value)), at: scalar.range)
    }
    return value(of: scalar, text: scalar.string, at: path, findings: &findings)
  }

  /// The same for one who has the scalar's text already.
  package func value(
    of scalar: YAMLNode, text: String, at path: DataPath, findings: inout Findings
  ) -> DataNode {
    let content = content(of: scalar, text, at: path, findings: &findings)
    // Most scalars are their own text, whatever they are.
    let pieces = !scalar.isVerbatimPlain && path.isExpression ? TextPieces(of: scalar) : nil
    return DataNode(content, at: scalar.range, pieces: pieces)
  }

  private func content(
    of scalar: YAMLNode, _ text: String, at path: DataPath, findings: inout Findings
  ) -> DataNode.Content {
    switch scalar.tag {
    case nil where scalar.style == .plain: break
    case nil, "!", "tag:yaml.org,2002:str": return .string(text)
    case "tag:yaml.org,2002:int", "tag:yaml.org,2002:float", "tag:yaml.org,2002:bool",
      "tag:yaml.org,2002:null":
      break
    case let tag?:
      findings.add(
        TagUnknown.self, at: scalar.fullRange,
        "the tag \(quoted(tag)) has no meaning here; remove it", path: path)
      return .unknown
    }
    switch CoreScalar(plain: text) {
    case .null: return .null
    case .bool(let value): return .bool(value)
    case .string: return .string(text)
    case .integer, .float:
      do throws(Number.Problem) {
        return .number(try Number(coreSchema: text))
      } catch {
        let message = NumberOutOfRange.message(text, error)
        if error == .notFinite, path.steps.contains(.key("pmf")) {
          findings.add(PMFNotFinite.self, at: scalar.range, message, path: path)
        } else if error == .notFinite, path.steps.contains(.key("retryKernel")) {
          findings.add(RetryKernelNotFinite.self, at: scalar.range, message, path: path)
        } else {
          findings.add(NumberOutOfRange.self, at: scalar.range, message, path: path)
        }
        return .unknown
      }
    }
  }
}

/// Reads a YAML node into a ``DataNode``, aliases expanded.
package struct DataReader {
  private let meaning: any ScalarMeaning
  package var findings = Findings()
  private var path = DataPath()
  private let nodeCountMax: Int
  /// Nodes that may still be made.
  private var nodeCountLeft: Int
  /// Whether there was a node too many, which is reported once.
  private var isOut = false
  /// Bytes of scalars that may still be read: aliases multiply these too.
  private var textLengthLeft = YAMLLimits().textLengthMax
  /// Collections around the node being read, those that aliases bring included.
  private var depth = 0
  private let depthMax = YAMLLimits().depthMax

  /// - Parameter nodeCountMax: most values, lists and mappings that are read, aliases expanded: how far these may
  ///   multiply what is written is the parser's to say.
  package init(
    meaning: any ScalarMeaning, nodeCountMax: Int = ReadingLimits.modelValueCountMax
  ) {
    self.meaning = meaning
    self.nodeCountMax = nodeCountMax
    self.nodeCountLeft = nodeCountMax
  }

  package mutating func read(_ node: YAMLNode, at path: DataPath = DataPath())
    -> DataNode
  {
    self.path = path
    return read(node)
  }

  private mutating func read(_ node: YAMLNode) -> DataNode {
    guard nodeCountLeft > 0 else {
      reportNodeCount(at: node.range)
      return DataNode(.unknown, at: node.range)
    }
    nodeCountLeft -= 1
    depth += 1
    defer { depth -= 1 }
    guard depth <= depthMax else {
      // The parser counts what is written; aliases put collections deeper than that.
      findings.add(
        .yamlLimit, at: node.range,
        "with its aliases replaced, the document is nested more than \(depthMax) deep",
        path: path)
      return DataNode(.unknown, at: node.range)
    }
    switch node.kind {
    case .scalar:
      let range = node.range
      guard textLengthLeft >= range.count else {
        reportTextLength(at: range)
        return DataNode(.unknown, at: range)
      }
      textLengthLeft -= range.count
      return meaning.value(of: node, at: path, findings: &findings)
    case .alias:
      guard let target = node.target else { return DataNode(.unknown, at: node.range) }
      return read(target)
    case .sequence:
      var items: [DataNode] = []
      items.reserveCapacity(min(node.items.count, nodeCountLeft))
      for (index, item) in node.items.enumerated() {
        path.steps.append(.index(index))
        items.append(read(item))
        path.steps.removeLast()
        // The list is longer than what is known of it.
        if isOut { return DataNode(.unknown, at: node.range) }
      }
      return DataNode(.sequence(items), at: node.range)
    case .mapping:
      return DataNode(.mapping(readEntries(of: node) { _ in true }), at: node.range)
    }
  }

  private mutating func reportNodeCount(at range: ByteRange) {
    guard !isOut else { return }
    isOut = true
    findings.add(
      .yamlLimit, at: range,
      "the document has more than \(nodeCountMax) values, lists and mappings", path: path)
  }

  /// Says once that the scalars are too long together; only aliases can make them longer than a text may be.
  private mutating func reportTextLength(at range: ByteRange) {
    guard textLengthLeft > 0 else { return }
    textLengthLeft = 0
    findings.add(
      .yamlLimit, at: range,
      "with its aliases replaced, the document has more than \(YAMLLimits().textLengthMax) bytes of text",
      path: path)
  }

  /// The entries of a mapping whose keys are wanted; the others are not looked at.
  package mutating func readEntries(
    of mapping: YAMLNode, where isWanted: (ExactString) -> Bool
  )
    -> [DataEntry]
  {
    var entries: [DataEntry] = []
    entries.reserveCapacity(min(mapping.entries.count, nodeCountLeft))
    for entry in mapping.entries {
      guard let key = keyText(of: entry.key) else {
        // Its value may be wrong too, and may use parameters.
        _ = read(entry.value)
        continue
      }
      guard isWanted(key) else { continue }
      path.steps.append(.key(key))
      entries.append(DataEntry(key: key, keyRange: entry.key.range, value: read(entry.value)))
      path.steps.removeLast()
    }
    return entries
  }

  /// The text of a key, which must be a scalar: JSON knows no other keys.
  private mutating func keyText(of key: YAMLNode) -> ExactString? {
    var key = key
    if key.kind == .alias, let target = key.target { key = target }
    guard key.kind == .scalar else {
      findings.add(
        KeyNotScalar.self, at: key.range, "a key must be text, not a list or a mapping", path: path)
      return nil
    }
    let text = key.string
    guard meaning.accepts(key: key, text: text, at: path, findings: &findings) else { return nil }
    return ExactString(text)
  }
}

extension Number {
  /// Reads a text that the core schema calls an integer or a float: decimal, `0o17`, `0x1F`, `1.5e3`, `.inf`.
  package init(coreSchema text: String) throws(Problem) {
    var digits = text
    if digits.hasPrefix("0o") || digits.hasPrefix("0x") {
      guard let value = Int(digits.dropFirst(2), radix: digits.hasPrefix("0o") ? 8 : 16) else {
        throw .beyondExact
      }
      try self.init(value)
      return
    }
    if digits.hasPrefix("+") { digits.removeFirst() }
    let isDigitsOnly = digits.utf8.allSatisfy { $0 == 0x2D || ($0 >= 0x30 && $0 <= 0x39) }
    if isDigitsOnly {
      guard let value = Int(digits) else { throw .beyondExact }
      try self.init(value)
      return
    }
    guard let value = Double(digits) else { throw .notFinite }
    try self.init(value)
  }
}
