import FlowModel
import Source
import YAML

/// Scalars of a template's body: references are replaced by values, by type and in one pass.
///
/// A scalar that is one reference becomes the parameter's value; a reference inside a longer text becomes the value's
/// text. A value can never change the document's shape, since it is put into the tree and not into the text.
/// Source: docs/reference/template.md, "References".
final class ReferenceMeaning: ScalarMeaning {
  private let text: SourceText
  private let names: ParameterNames
  /// The `parameters` key, where a declaration would go.
  private let section: ByteRange?
  private let core = CoreMeaning()
  /// The causes of a hole with one parameter, by its place: most have no more.
  private let causes: [[ExactString]]
  /// Puts values in; nil where only the holes are wanted.
  private var filling: HoleFilling?
  /// Parameters that may go without a value, and do.
  private let absent: Set<Int>
  /// The scalars with references to parameters, in order.
  private(set) var holes: [Hole] = []
  private(set) var pieces: [Hole.Piece] = []
  private(set) var uses = ParameterUses()
  /// Names that were met and are not declared.
  private(set) var undeclared: Set<ExactString> = []

  /// - Parameter values: nil leaves a node that names its hole where each of ``holes`` is.
  init(text: SourceText, names: ParameterNames, section: ByteRange?, values: BoundValues?) {
    self.text = text
    self.names = names
    self.section = section
    causes = names.all.map { [$0] }
    filling = values.map(HoleFilling.init)
    absent = Set(values?.absent ?? [])
  }

  func value(of scalar: YAMLNode, at path: DataPath, findings: inout Findings) -> DataNode {
    if let value = scalar.shortInteger {
      return DataNode(.number(.integer(value)), at: scalar.range)
    }
    let text = scalar.string
    // Which format a template has cannot hang on a value.
    guard let reference = ReferenceText(text), path.steps.first != "schemaVersion" else {
      return core.value(of: scalar, text: text, at: path, findings: &findings)
    }
    guard let hole = hole(for: reference, scalar, at: path, &findings) else {
      // Nothing but escapes, or nothing that a value could mend.
      guard !reference.segments.contains(where: \.isReference) else {
        return DataNode(.unknown, at: scalar.range)
      }
      let literal = reference.literal
      var layout = path.isExpression ? TextPieces.Builder(scalar) : nil
      layout?.append(literal: literal)
      return DataNode(.string(literal), at: scalar.range, pieces: layout?.takePieces())
    }
    guard var filling else {
      holes.append(hole)
      return DataNode(.number(.integer(holes.count - 1)), at: hole.range, causes: hole.causes)
    }
    // One copy of what it holds, or each hole would make another.
    self.filling = nil
    let node = filling.fill(hole, pieces)
    for problem in filling.takeProblems() { report(problem, at: hole.range, path, &findings) }
    self.filling = filling
    pieces.removeAll(keepingCapacity: true)
    return node
  }

  func accepts(
    key: YAMLNode, text: String, at path: DataPath, findings: inout Findings
  ) -> Bool {
    guard let reference = ReferenceText(text),
      reference.segments.contains(where: \.isReference)
    else { return true }
    findings.add(
      PlaceholderUnresolved.self, at: key.range, "a reference cannot stand in a key", path: path)
    for case .reference(let name) in reference.segments {
      if let place = names.place(of: ExactString(name)) { uses.all.insert(place) }
    }
    return false
  }

  /// Cuts a scalar into ``pieces``, and reports what is wrong with it whatever the values are.
  ///
  /// - Returns: nil where it refers to no parameter.
  private func hole(
    for reference: ReferenceText, _ scalar: YAMLNode, at path: DataPath,
    _ findings: inout Findings
  ) -> Hole? {
    var site = Site(scalar, reference, in: text)
    let isExpression = path.isExpression
    let start = pieces.count
    var layout = isExpression ? TextPieces.Builder(scalar) : nil
    var places: [TextPieces] = []
    var found: [Int] = []
    var isBroken = false
    for segment in reference.segments {
      switch segment {
      case .literal(let literal):
        pieces.append(.literal(literal))
        layout?.append(literal: literal)
        if let place = layout?.takePieces() { places.append(place) }
      case .unclosed:
        isBroken = true
        findings.add(
          PlaceholderUnresolved.self, at: site.next(),
          "'${' is not closed; write '$${' for a literal '${'", path: path)
      case .reference(let name):
        guard let place = resolve(name, at: &site, path, &findings) else {
          isBroken = true
          continue
        }
        pieces.append(.parameter(place))
        layout?.append(reference: name)
        if let place = layout?.takePieces() { places.append(place) }
        if !found.contains(place) { found.append(place) }
      }
    }
    guard let first = found.first else {
      pieces.removeSubrange(start...)
      return nil
    }
    let isWhole = reference.segments.count == 1
    if isExpression {
      uses.expressions.formUnion(found)
    } else if !isWhole {
      uses.texts.formUnion(found)
    }
    let all = names.all
    return Hole(
      range: scalar.range, pieces: start..<pieces.count,
      causes: found.count == 1 ? causes[first] : found.map { all[$0] }, isWhole: isWhole,
      isExpression: isExpression, isBroken: isBroken, places: places)
  }

  /// The place of the parameter with a name; nil where there is none, which is reported.
  private func resolve(
    _ name: String, at site: inout Site, _ path: DataPath, _ findings: inout Findings
  ) -> Int? {
    let key = ExactString(name)
    if let place = names.place(of: key) {
      uses.all.insert(place)
      if absent.contains(place) {
        findings.add(
          PlaceholderUnresolved.self, at: site.next(),
          "\(quoted(name)) is optional and has no value here", path: path)
      } else {
        site.skip()
      }
      return place
    }
    let range = site.next()
    guard Identifier.isValid(name) else {
      let bare = name.filter { $0 != " " && $0 != "\t" }
      let meant = names.place(of: ExactString(bare))
      findings.add(
        PlaceholderUnresolved.self, at: range,
        name.isEmpty
          ? "'${}' names no parameter; write '$${}' for a literal '${}'"
          : "\(quoted(name)) is no parameter's name: a reference is '${', a name and '}'; write '$${' for a literal '${'",
        path: path,
        fixIts: meant == nil
          ? [] : [FixIt("change to \(quoted(bare))", [TextEdit(range, bare)])])
      if let meant { uses.all.insert(meant) }
      return nil
    }
    undeclared.insert(key)
    if names.isIncomplete { return nil }
    let near =
      findings.isLong ? nil : Suggestion.only(name, among: names.all.lazy.map(\.text))
    // What is meant is used: to say that nothing refers to it would blame the slip twice.
    if let meant = near.flatMap({ names.place(of: ExactString($0)) }) { uses.all.insert(meant) }
    findings.add(
      PlaceholderUndeclared.self, at: range,
      "no parameter \(quoted(name))" + (near.map { "; did you mean \(quoted($0))?" } ?? ""),
      path: path,
      related: section.map { [Related($0, "parameters are declared here")] } ?? [],
      fixIts: near.map { [FixIt("change to \(quoted($0))", [TextEdit(range, $0)])] } ?? [])
    return nil
  }

  private func report(
    _ problem: HoleFilling.Problem, at range: ByteRange, _ path: DataPath,
    _ findings: inout Findings
  ) {
    switch problem {
    case .listInText(let place):
      findings.add(
        PlaceholderUnresolved.self, at: range,
        "\(quoted(names.all[place].text)) is a list, which cannot stand inside a text", path: path)
    case .negativeInList(let place):
      findings.add(
        ExpressionListNegative.self, at: range,
        "\(quoted(names.all[place].text)) has a negative number, which a list inside an expression cannot hold",
        path: path)
    case .tooManyValues: ModelTooLarge.report(.values, at: range, path, &findings)
    case .tooMuchText: ModelTooLarge.report(.text, at: range, path, &findings)
    }
  }
}

extension TextPieces.Builder {
  /// Text that is no reference. Each `${` in it was written `$${`.
  fileprivate mutating func append(literal: String) {
    guard literal.utf8.contains(UInt8(ascii: "$")) else {
      appendWritten(literal.utf8.count)
      return
    }
    let bytes = Array(literal.utf8)
    var offset = 0
    while offset < bytes.count {
      if bytes[offset...].starts(with: "${".utf8) {
        append(2, from: 3, isParameter: false)
        offset += 2
      } else {
        appendWritten(1)
        offset += 1
      }
    }
  }

  /// A reference in the place of which a value comes.
  fileprivate mutating func append(reference name: String) {
    append(1, from: name.utf8.count + 3, isParameter: true)
  }
}

/// Where the references of one scalar stand in the text.
private struct Site {
  private let node: YAMLNode
  private let reference: ReferenceText
  private let text: SourceText
  /// Worked out when the first is asked for, since most references are right.
  private var places: [ByteRange]?
  private var count = 0

  init(_ node: YAMLNode, _ reference: ReferenceText, in text: SourceText) {
    self.node = node
    self.reference = reference
    self.text = text
  }

  /// The name of the next reference, or the whole scalar where escapes or folding hide a reference.
  mutating func next() -> ByteRange {
    let places = places ?? Site.places(node.range, reference, in: text)
    self.places = places
    skip()
    return places.indices.contains(count - 1) ? places[count - 1] : node.range
  }

  /// Passes the next reference by.
  mutating func skip() { count += 1 }

  private static func places(
    _ scalar: ByteRange, _ reference: ReferenceText, in text: SourceText
  ) -> [ByteRange] {
    let end = min(scalar.end, text.count)
    let starts = ReferenceText.places(in: text.bytes[scalar.start..<end])
    var names: [Int] = []
    for segment in reference.segments {
      switch segment {
      case .literal: continue
      case .reference(let name): names.append(name.utf8.count)
      case .unclosed: names.append(0)
      }
    }
    guard starts.count == names.count else { return [] }
    return zip(starts, names).map { start, length in
      let name = min(scalar.start + start + 2, end)
      // An empty name has the braces for its place.
      return length == 0
        ? ByteRange(scalar.start + start, name) : ByteRange(name, min(name + length, end))
    }
  }
}
