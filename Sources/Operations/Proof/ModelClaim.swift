import FlowModel
import JSON
import Source

/// A model that is said to come of a record: its values, and the record that stands in it.
struct ModelClaim: Sendable {
  let text: SourceText
  let reading: Reading
  private let document: ModelDocument
  /// The value of `provenance`.
  private let block: DataNode?

  /// What came of the text.
  enum Reading: Sendable {
    /// Everything but `provenance`, with its ``ModelHash``.
    case values(DataNode, hash: String)
    /// What keeps it from being a tree of known values.
    case problem(Diagnostic)
  }

  init(_ text: SourceText) {
    self.text = text
    document = ModelDocument(text)
    guard let root = document.root, !document.findings.hasErrors else {
      block = nil
      reading = .problem(ModelClaim.problem(in: document.findings, at: ByteRange(at: 0)))
      return
    }
    var reader = DataReader(meaning: CoreMeaning())
    var whole = reader.read(root)
    block = whole["provenance"]
    whole.content = .mapping(whole.entries.filter { $0.key != "provenance" })
    if !reader.findings.hasErrors, let hash = ModelHash.of(whole) {
      reading = .values(whole, hash: hash)
    } else {
      reading = .problem(ModelClaim.problem(in: reader.findings, at: whole.range))
    }
  }

  /// The first error. Whoever makes a value unknown reports it, so that there is one.
  private static func problem(in findings: Findings, at range: ByteRange) -> Diagnostic {
    findings.sorted.first { $0.severity == .error }
      ?? Diagnostic(ModelNotMapping.code, at: range, "a model is a mapping of known values")
  }

  /// nil where the text cannot be read.
  var data: DataNode? {
    if case .values(let data, _) = reading { data } else { nil }
  }

  /// nil where the text cannot be read.
  var hash: String? {
    if case .values(_, let hash) = reading { hash } else { nil }
  }

  /// The record that stands in the model.
  func record() throws(RecordClaim.Malformed) -> RecordClaim {
    let count = document.count(of: "provenance")
    if count > 1 {
      throw RecordClaim.Malformed(message: "the model has 'provenance' \(count) times")
    }
    if case .problem(let problem) = reading {
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
