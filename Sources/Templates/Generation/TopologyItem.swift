import FlowModel
import Source

/// One item of `topology.nodes` while what it lacks is made.
struct TopologyItem {
  let index: Int
  var value: DataNode
  var semantics: DataNode

  /// - Returns: nil where it says nothing of its series, which a rule says.
  init?(_ value: DataNode, at index: Int) {
    guard let semantics = value["semantics"], case .mapping = semantics.content else { return nil }
    self.index = index
    self.value = value
    self.semantics = semantics
  }

  /// The item with its semantics as they are now.
  var written: DataNode {
    var value = value
    value.set("semantics", semantics)
    return value
  }

  var kind: TopologyNodeKind { TopologyNodeKind(of: value) }

  /// What stands in a field.
  enum Series {
    case blank
    /// The id of a node, or nil where it is not known.
    case node(ExactString?, DataNode)
    /// A file, a class of a series, or the queue itself: nothing that a node can be made of.
    case other(DataNode)
  }

  func series(_ field: SemanticsField) -> Series {
    guard let value = semantics[ExactString(field.rawValue)], !value.isBlank else { return .blank }
    guard let text = value.string else { return .node(nil, value) }
    if case .node(let id, class: nil) = SeriesReference(text) { return .node(id, value) }
    return .other(value)
  }

  /// What the node is made of or not for: its kind, its role, and what stands in a field.
  func causesOfKind(and field: SemanticsField) -> [ExactString] {
    Causes(value["kind"], value["nodeRole"], semantics[ExactString(field.rawValue)]).names
  }

  mutating func set(_ field: SemanticsField, _ value: DataNode) {
    semantics.set(ExactString(field.rawValue), value)
  }

  /// A field that a rule has blamed is neither missing nor wrong to the rules that follow.
  mutating func silence(_ field: SemanticsField) {
    set(field, DataNode(.unknown, at: value.range))
  }

  /// The item's id for a message: "'PickupDesk'".
  var name: String { value["id"]?.string.map { quoted($0) } ?? "this node" }

  /// Where what is made of the item comes from, and where to say that it cannot be made: its id.
  var range: ByteRange {
    value["id"].flatMap { $0.isBlank ? nil : $0.range } ?? value.entries.first?.keyRange
      ?? value.range
  }

  /// Where to say that a field has no series: its key, else that of the semantics.
  func placeOfMissing(_ field: ExactString) -> ByteRange {
    semantics.entry(field)?.keyRange ?? value.entry("semantics")?.keyRange ?? range
  }

  var path: DataPath { "topology" + "nodes" + index + "semantics" }

  /// The id of a node that is made of the item: unknown where its own is, or where it has none, which a rule says.
  func freeName(_ suffix: String, at range: ByteRange, _ names: inout NodeNames) -> DataNode {
    guard let source = value["id"], !source.isBlank, let text = source.string else {
      return DataNode(.unknown, at: range)
    }
    return names.takeFree(SnakeCase.name(of: text) + suffix, from: source, at: range)
  }

  /// A node's metadata for what its author did not write and need not see.
  static func hidden(at range: ByteRange) -> DataNode {
    DataNode(made: [("graph.hidden", DataNode(made: "true", at: range))], at: range)
  }

  /// Says where a made id is none that a model may have.
  static func checkID(_ id: DataNode, _ path: DataPath, _ findings: inout Findings) {
    guard let text = id.string, !Identifier.isValid(text) else { return }
    findings.add(
      NodeIDFormat.self, at: id.range,
      "the node that is made here would be \(quoted(text)), but an id must begin with a letter or '_' and go on with letters, digits or '_'",
      path: path)
  }
}
