import FlowModel
import JSON
import Source

/// A model that is said to come of a record: its values, and the record that stands in it.
struct ModelClaim: Sendable {
  let text: SourceText
  /// Everything but `provenance`; nil where the text is no tree of known values.
  let data: DataNode?
  /// What keeps it from being one.
  let problem: Diagnostic?
  private let document: ModelDocument
  /// The value of `provenance`.
  private let block: DataNode?

  init(_ text: SourceText) {
    self.text = text
    document = ModelDocument(text)
    guard let root = document.root, !document.findings.hasErrors else {
      data = nil
      block = nil
      problem = document.findings.sorted.first { $0.severity == .error }
      return
    }
    var reader = DataReader(meaning: CoreMeaning())
    var whole = reader.read(root)
    problem = reader.findings.sorted.first { $0.severity == .error }
    block = whole["provenance"]
    whole.content = .mapping(whole.entries.filter { $0.key != "provenance" })
    data = problem == nil ? whole : nil
  }

  /// The record that stands in the model.
  func record() throws(RecordClaim.Malformed) -> RecordClaim {
    let count = document.count(of: "provenance")
    if count > 1 {
      throw RecordClaim.Malformed(message: "the model has 'provenance' \(count) times")
    }
    if let problem {
      throw RecordClaim.Malformed(
        message: "the model that holds the record cannot be read: \(problem.message)")
    }
    guard let block else {
      guard let place = data.flatMap({ ModelClaim.misplaced(in: $0, []) }) else {
        throw RecordClaim.Malformed(
          message: "there is no record: none is given, and the model has none")
      }
      throw RecordClaim.Malformed(
        message: "the record is misplaced: '\(place)' must stand at the top level of the model")
    }
    guard let value = block.json, case .object = value else {
      throw RecordClaim.Malformed(message: "provenance must be a mapping, not \(block.described)")
    }
    return try RecordClaim(value)
  }

  /// The record that stands in the model, if it can be read.
  var blockTree: DataNode? { block }

  /// The text without the record; nil where it cannot be taken out.
  var bareText: SourceText? {
    if block == nil { return text }
    return (try? ProvenanceBlock.extract(from: document))?.model
  }

  /// Where a mapping has `provenance` that is not the document.
  private static func misplaced(in node: DataNode, _ steps: [DataPath.Step]) -> DataPath? {
    switch node.content {
    case .mapping(let entries):
      for entry in entries {
        let path = steps + [.key(entry.key)]
        if entry.key == "provenance" { return DataPath(path) }
        if let found = misplaced(in: entry.value, path) { return found }
      }
    case .sequence(let items):
      for (index, item) in items.enumerated() where !(item.entries.isEmpty && item.items.isEmpty) {
        if let found = misplaced(in: item, steps + [.index(index)]) { return found }
      }
    default: break
    }
    return nil
  }
}
