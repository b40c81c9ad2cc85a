import FlowModel
import Source
import YAML

/// Scalars of a template's body: references are replaced by values, by type and in one pass.
///
/// A scalar that is one reference becomes the parameter's value; a reference inside a longer text becomes the value's
/// text. A value can never change the document's shape, since it is put into the tree and not into the text.
/// Source: docs/reference/template.md, "References".
struct ReferenceMeaning: ScalarMeaning {
  private let text: SourceText
  private let values: [ExactString: ParameterValue]
  /// Declared names, in their order.
  private let names: [ExactString]
  private let declared: Set<ExactString>
  /// Declared names that may go without a value, and do.
  private let absent: Set<ExactString>
  /// The `parameters` key, where a declaration would go.
  private let section: ByteRange?
  private let core = CoreMeaning()
  /// Declared names that were met.
  private(set) var used: Set<ExactString> = []
  /// Names that were met and are not declared.
  private(set) var undeclared: Set<ExactString> = []
  private var room = Room()

  init(
    text: SourceText, values: [ExactString: ParameterValue], declared names: [ExactString],
    absent: Set<ExactString>, section: ByteRange?
  ) {
    self.text = text
    self.values = values
    self.names = names
    declared = Set(names)
    self.absent = absent
    self.section = section
  }

  mutating func value(of scalar: YAMLNode, at path: DataPath, findings: inout Findings) -> DataNode
  {
    // Which format a template has cannot hang on a value.
    guard path.steps.first != "schemaVersion", let reference = ReferenceText(scalar.string) else {
      return core.value(of: scalar, at: path, findings: &findings)
    }
    var site = Site(scalar, reference, in: text)
    let isExpression = path.isExpression
    if let name = reference.whole {
      guard let value = resolve(name, at: site.next(), path, &findings) else {
        return DataNode(.unknown, at: scalar.range)
      }
      guard takeRoom(for: value, at: scalar.range, path, &findings) else {
        return DataNode(.unknown, at: scalar.range)
      }
      return whole(value, ExactString(name), at: scalar.range, isExpression, path, &findings)
    }
    var result = ""
    var causes: [ExactString] = []
    var isKnown = true
    for segment in reference.segments {
      switch segment {
      case .literal(let literal): result += literal
      case .unclosed:
        isKnown = false
        findings.add(
          PlaceholderUnresolved.self, at: site.next(),
          "'${' is not closed; write '$${' for a literal '${'", path: path)
      case .reference(let name):
        guard let value = resolve(name, at: site.next(), path, &findings) else {
          isKnown = false
          continue
        }
        if isExpression {
          checkExpression(value, name, at: scalar.range, path, &findings)
        } else if case .array = value {
          isKnown = false
          findings.add(
            PlaceholderUnresolved.self, at: scalar.range,
            "\(quoted(name)) is a list, which cannot stand inside a text", path: path)
        }
        guard takeRoom(for: value, at: scalar.range, path, &findings) else {
          isKnown = false
          continue
        }
        result += isExpression ? value.expressionText : value.text
        if !causes.contains(ExactString(name)) { causes.append(ExactString(name)) }
      }
    }
    return DataNode(isKnown ? .string(result) : .unknown, at: scalar.range, causes: causes)
  }

  mutating func accepts(key: YAMLNode, at path: DataPath, findings: inout Findings) -> Bool {
    guard let reference = ReferenceText(key.string),
      reference.segments.contains(where: \.isReference)
    else { return true }
    findings.add(
      PlaceholderUnresolved.self, at: key.range, "a reference cannot stand in a key", path: path)
    for case .reference(let name) in reference.segments where declared.contains(ExactString(name)) {
      used.insert(ExactString(name))
    }
    return false
  }

  private func whole(
    _ value: ParameterValue, _ name: ExactString, at range: ByteRange, _ isExpression: Bool,
    _ path: DataPath,
    _ findings: inout Findings
  ) -> DataNode {
    if isExpression {
      checkExpression(value, name.text, at: range, path, &findings)
      return DataNode(.string(value.expressionText), at: range, causes: [name])
    }
    let content: DataNode.Content =
      switch value {
      case .bool(let flag): .bool(flag)
      case .number(let number): .number(number)
      case .string(let string): .string(string.text)
      case .array(let numbers):
        .sequence(numbers.map { DataNode(.number($0), at: range, causes: [name]) })
      }
    return DataNode(content, at: range, causes: [name])
  }

  /// Counts a value before it is put in; the first that finds no room is reported.
  private mutating func takeRoom(
    for value: ParameterValue, at range: ByteRange, _ path: DataPath,
    _ findings: inout Findings
  ) -> Bool {
    let before = room
    switch value {
    case .bool, .number: return true
    case .string(let string): room.textLength -= string.text.utf8.count
    // Even as text a list costs no more than its numbers do, give or take.
    case .array(let numbers): room.valueCount -= numbers.count
    }
    if room.textLength >= 0, room.valueCount >= 0 { return true }
    if before.textLength >= 0, before.valueCount >= 0 {
      if room.textLength < 0 {
        ModelTooLarge.reportText(at: range, path, &findings)
      } else {
        ModelTooLarge.reportValues(at: range, path, &findings)
      }
    } else {
      room = before
    }
    return false
  }

  /// The value of a name; nil where there is none, and then it is reported here or was reported at its declaration.
  private mutating func resolve(
    _ name: String, at range: ByteRange, _ path: DataPath, _ findings: inout Findings
  ) -> ParameterValue? {
    let key = ExactString(name)
    if declared.contains(key) {
      used.insert(key)
      if absent.contains(key) {
        findings.add(
          PlaceholderUnresolved.self, at: range,
          "\(quoted(name)) is optional and has no value here", path: path)
      }
      return values[key]
    }
    guard Identifier.isValid(name) else {
      let bare = name.filter { $0 != " " && $0 != "\t" }
      let isMeant = declared.contains(ExactString(bare))
      findings.add(
        PlaceholderUnresolved.self, at: range,
        name.isEmpty
          ? "'${}' names no parameter; write '$${}' for a literal '${}'"
          : "\(quoted(name)) is no parameter's name: a reference is '${', a name and '}'; write '$${' for a literal '${'",
        path: path,
        fixIts: isMeant ? [FixIt("change to \(quoted(bare))", [TextEdit(range, bare)])] : [])
      if isMeant { used.insert(ExactString(bare)) }
      return nil
    }
    undeclared.insert(key)
    let near =
      findings.isLong ? nil : Suggestion.only(name, among: names.lazy.map(\.text))
    findings.add(
      PlaceholderUndeclared.self, at: range,
      "no parameter \(quoted(name))" + (near.map { "; did you mean \(quoted($0))?" } ?? ""),
      path: path,
      related: section.map { [Related($0, "parameters are declared here")] } ?? [],
      fixIts: near.map { [FixIt("change to \(quoted($0))", [TextEdit(range, $0)])] } ?? [])
    return nil
  }

  private func checkExpression(
    _ value: ParameterValue, _ name: String, at range: ByteRange, _ path: DataPath,
    _ findings: inout Findings
  ) {
    guard case .array(let numbers) = value, numbers.contains(where: \.isNegative) else { return }
    findings.add(
      ExpressionListNegative.self, at: range,
      "\(quoted(name)) has a negative number, which a list inside an expression cannot hold",
      path: path)
  }
}

extension DataPath {
  /// Whether the value is an expression, which has a syntax of its own for numbers.
  fileprivate var isExpression: Bool {
    guard case .key(let last)? = steps.last, last == "expr" || last == "expression" else {
      return false
    }
    return steps.first == .key("nodes")
  }
}

/// What values may still bring; below zero it is used up, and that has been reported.
private struct Room {
  var valueCount = RenderingLimits.valueCountMax
  var textLength = RenderingLimits.textLengthMax
}

/// Where the references of one scalar stand in the text.
private struct Site {
  private var places: ArraySlice<ByteRange>
  private let scalar: ByteRange

  init(_ node: YAMLNode, _ reference: ReferenceText, in text: SourceText) {
    scalar = node.range
    let bytes = text.bytes[node.range.start..<min(node.range.end, text.count)]
    let starts = ReferenceText.places(in: bytes)
    var names: [Int] = []
    for segment in reference.segments {
      switch segment {
      case .literal: continue
      case .reference(let name): names.append(name.utf8.count)
      case .unclosed: names.append(0)
      }
    }
    guard starts.count == names.count else {
      // Escapes or folding hide a reference: the whole scalar is its place.
      places = []
      return
    }
    let end = node.range.end
    places =
      zip(starts, names).map { start, length in
        let name = min(node.range.start + start + 2, end)
        // An empty name has the braces for its place.
        return length == 0
          ? ByteRange(node.range.start + start, name) : ByteRange(name, min(name + length, end))
      }[...]
  }

  /// The name of the next reference, or the whole scalar.
  mutating func next() -> ByteRange {
    places.popFirst() ?? scalar
  }
}
