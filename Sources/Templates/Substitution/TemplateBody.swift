import FlowModel
import Source
import YAML

/// The body of a template as far as no value changes it, and where values go: read once, filled for each rendering.
struct TemplateBody: Sendable {
  /// What is wrong whatever the values are.
  let findings: Findings
  let uses: ParameterUses
  /// Names that the template refers to and does not declare.
  let undeclared: Set<ExactString>
  let root: YAMLNode
  private let text: SourceText
  private let names: ParameterNames
  private let section: ByteRange?
  /// `metadata` and `parameters`, or what is nearly that: they are read before any value is known.
  private let apart: [DataEntry]
  /// Each hole in it is a number, its place among ``holes``.
  private let body: DataNode
  private let holes: [Hole]
  let pieces: [Hole.Piece]
  private let steps: [Step]
  /// Holes that the steps lead to.
  private let holeCount: Int

  /// The way to one node with holes in it, in the order of the document.
  private struct Step {
    /// Its place among the items or entries of the collection that holds it.
    let child: Int32
    /// The hole that it is; -1 for a collection.
    var hole: Int32 = -1
    /// How many children of the collection have steps, which follow.
    var childCount: Int32 = 0
  }

  /// - Parameter section: the `parameters` key, if there is one.
  init(
    _ root: YAMLNode, text: SourceText, names: ParameterNames, section: ByteRange?,
    apart: [DataEntry]
  ) {
    self.root = root
    self.text = text
    self.names = names
    self.section = section
    self.apart = apart
    let meaning = ReferenceMeaning(text: text, names: names, section: section, values: nil)
    (body, findings) = TemplateBody.read(root, meaning, apart)
    uses = meaning.uses
    undeclared = meaning.undeclared
    holes = meaning.holes
    pieces = meaning.pieces
    var steps: [Step] = []
    TemplateBody.find(in: body, child: 0, &steps)
    self.steps = steps
    holeCount = steps.count { $0.hole >= 0 }
  }

  /// The body with values in place.
  ///
  /// Complexity: that of the holes and of the collections they stand in; only where a value is wrong in its place, that
  /// of the body.
  func filled(with values: BoundValues) -> (body: DataNode, findings: Findings) {
    guard !values.absent.contains(where: uses.all.contains) else { return readAnew(with: values) }
    // A hole that is not in the body, since its key has no meaning, may have a problem too.
    guard holes.count == holeCount else { return readAnew(with: values) }
    var filling = HoleFilling(values)
    var body = body
    var step = 0
    if !steps.isEmpty { fill(&body, with: &filling, &step) }
    return filling.problems.isEmpty ? (body, findings) : readAnew(with: values)
  }

  /// All holes, each with the way to it; nil where one is not in the body, since its key has no meaning.
  var holesByPath: [(hole: Hole, path: DataPath)]? {
    guard holes.count == holeCount else { return nil }
    var found: [(hole: Hole, path: DataPath)] = []
    var step = 0
    if !steps.isEmpty { follow(body, DataPath(), &step, &found) }
    return found
  }

  private func follow(
    _ node: DataNode, _ path: DataPath, _ next: inout Int,
    _ found: inout [(hole: Hole, path: DataPath)]
  ) {
    let step = steps[next]
    next += 1
    if step.hole >= 0 {
      found.append((holes[Int(step.hole)], path))
      return
    }
    for _ in 0..<step.childCount {
      let child = Int(steps[next].child)
      switch node.content {
      case .sequence(let items): follow(items[child], path + child, &next, &found)
      case .mapping(let entries):
        follow(entries[child].value, path + entries[child].key, &next, &found)
      default: break
      }
    }
  }

  /// Findings about values are made where the text is read: their places and paths are known there.
  private func readAnew(with values: BoundValues) -> (body: DataNode, findings: Findings) {
    TemplateBody.read(
      root, ReferenceMeaning(text: text, names: names, section: section, values: values), apart)
  }

  private static func read(
    _ root: YAMLNode, _ meaning: ReferenceMeaning, _ apart: [DataEntry]
  ) -> (body: DataNode, findings: Findings) {
    var reader = DataReader(
      meaning: meaning, nodeCountMax: ReadingLimits.templateValueCountMax)
    // They are there and not missing, whatever is in them.
    let known = apart.map { entry in
      DataEntry(
        key: entry.key, keyRange: entry.keyRange, value: DataNode(.unknown, at: entry.keyRange))
    }
    let keys = apart.map(\.key)
    let entries =
      known
      + reader.readEntries(of: root) { key in
        key != "metadata" && key != "parameters" && key != "provenance" && !keys.contains(key)
      }
    return (DataNode(.mapping(entries), at: root.range), reader.findings)
  }

  /// Notes the way to the numbers that stand for holes.
  private static func find(in node: DataNode, child: Int, _ steps: inout [Step]) {
    // Nothing else has causes before there are values.
    if !node.causes.isEmpty, let hole = node.number?.integer {
      steps.append(
        Step(child: Int32(truncatingIfNeeded: child), hole: Int32(truncatingIfNeeded: hole)))
      return
    }
    let own = steps.count
    steps.append(Step(child: Int32(truncatingIfNeeded: child)))
    var childCount: Int32 = 0
    switch node.content {
    case .sequence(let items):
      let items = items.span
      for index in items.indices
      where !items[index].causes.isEmpty || items[index].content.mayHoldHoles {
        let before = steps.count
        find(in: items[index], child: index, &steps)
        if steps.count > before { childCount += 1 }
      }
    case .mapping(let entries):
      let entries = entries.span
      for index in entries.indices
      where !entries[index].value.causes.isEmpty || entries[index].value.content.mayHoldHoles {
        let before = steps.count
        find(in: entries[index].value, child: index, &steps)
        if steps.count > before { childCount += 1 }
      }
    default: break
    }
    if childCount == 0 { steps.removeLast() } else { steps[own].childCount = childCount }
  }

  /// Fills what a step leads to, which is in `node`; the steps below it follow.
  ///
  /// The places in a step are those of this very body, in which ``find(in:child:_:)`` found them.
  private func fill(_ node: inout DataNode, with filling: inout HoleFilling, _ next: inout Int) {
    let step = steps[next]
    next += 1
    if step.hole >= 0 {
      node = filling.fill(holes[Int(step.hole)], pieces)
      return
    }
    switch node.content {
    case .sequence(var items):
      node.content = .unknown
      for _ in 0..<step.childCount {
        fill(&items[Int(steps[next].child)], with: &filling, &next)
      }
      node.content = .sequence(items)
    case .mapping(var entries):
      node.content = .unknown
      for _ in 0..<step.childCount {
        fill(&entries[Int(steps[next].child)].value, with: &filling, &next)
      }
      node.content = .mapping(entries)
    default: break
    }
  }
}

extension DataNode.Content {
  @inline(__always) fileprivate var mayHoldHoles: Bool {
    switch self {
    case .sequence, .mapping: true
    default: false
    }
  }
}
