package import FlowModel
package import JSON
package import Source
import Templates

/// Two of a kind in; how they differ out.
package enum CompareModels {
  package enum Side: String, Sendable {
    case old, new
  }

  /// What keeps two from being compared.
  package struct Failure: Error, Sendable {
    /// Which one is at fault; nil for what both share.
    package let side: Side?
    package let cause: OperationFailure
    /// What is wrong with the new one, where ``side`` is old and both are at fault.
    package var newCause: OperationFailure? = nil
  }

  /// Two models, their records included. Rules do not matter: whatever is a tree can be compared.
  package static func run(
    models old: SourceText, _ new: SourceText, _ monitor: WorkMonitor = .unwatched
  ) throws(Failure) -> Comparison {
    let (oldTree, newSide) = try both(old, new) { text throws(OperationFailure) in
      try monitor.begin(.readingModel)
      return try tree(of: text)
    }
    var newTree = newSide
    try neither { () throws(OperationFailure) in try monitor.begin(.comparing) }
    if let naming = oldTree["provenance"]?.entries.map(\.key) {
      newTree.content = .mapping(
        newTree.entries.map { entry in
          entry.key == "provenance"
            ? DataEntry(
              key: entry.key, keyRange: entry.keyRange, value: entry.value.spelled(like: naming))
            : entry
        })
    }
    return Comparison(oldTree, newTree)
  }

  /// Two records. A field is the same field in either spelling; the new record is taken in the old one's.
  package static func run(provenances old: JSONObject, _ new: JSONObject) throws(Failure)
    -> Comparison
  {
    let (oldTree, newTree) = try both(old, new) { record throws(OperationFailure) in
      try tree(of: record)
    }
    return Comparison(oldTree, newTree.spelled(like: oldTree.entries.map(\.key)))
  }

  /// The models that one template makes of two sets of values.
  package struct Generations: Sendable {
    /// What names a model whenever it is made.
    package struct Name: Hashable, Sendable {
      /// The last part of `model_id`.
      package let modelIDHash: String
      package let modelHash: String
    }

    /// Ranges are those of the template, where each value comes from.
    package let models: Comparison
    /// The effective values.
    package let parameters: Comparison
    package let old: Name
    package let new: Name
    package let template: SourceText
  }

  package static func run(
    _ choice: TemplateChoice, parameters old: JSONObject, _ new: JSONObject, in snapshot: Snapshot,
    _ monitor: WorkMonitor = .unwatched
  ) throws(Failure) -> Generations {
    let template = try neither { () throws(OperationFailure) in
      try snapshot.template(choice, monitor)
    }
    let (old, new) = try both(old, new) { values throws(OperationFailure) in
      try snapshot.model(of: template, choice, values, monitor)
    }
    try neither { () throws(OperationFailure) in try monitor.begin(.comparing) }
    let (oldValues, newValues) = try both(old.parameters, new.parameters) {
      values throws(OperationFailure) in try tree(ofValues: values)
    }
    return Generations(
      models: Comparison(old.data, new.data), parameters: Comparison(oldValues, newValues),
      old: Generations.Name(modelIDHash: old.identityHash, modelHash: old.modelHash),
      new: Generations.Name(modelIDHash: new.identityHash, modelHash: new.modelHash),
      template: template.text)
  }

  /// What fails for neither side in particular.
  private static func neither<Value>(
    _ work: () throws(OperationFailure) -> Value
  ) throws(Failure) -> Value {
    do throws(OperationFailure) {
      return try work()
    } catch {
      throw Failure(side: nil, cause: error)
    }
  }

  /// Does the same to both sides, and to the new one also where the old one fails, so that all is told at once.
  private static func both<Input, Value>(
    _ old: Input, _ new: Input, _ work: (Input) throws(OperationFailure) -> Value
  ) throws(Failure) -> (Value, Value) {
    switch (
      Result { () throws(OperationFailure) in try work(old) },
      Result { () throws(OperationFailure) in try work(new) }
    )
    {
    case (.success(let old), .success(let new)): return (old, new)
    // A template that is broken by itself is so on both sides.
    case (.failure(.templateInvalid(let text, let diagnostics)), _),
      (_, .failure(.templateInvalid(let text, let diagnostics))):
      throw Failure(side: nil, cause: .templateInvalid(text, diagnostics))
    case (.failure(let cause), .success): throw Failure(side: .old, cause: cause)
    case (.success, .failure(let cause)): throw Failure(side: .new, cause: cause)
    case (.failure(let cause), .failure(let newCause)):
      throw Failure(side: .old, cause: cause, newCause: newCause)
    }
  }

  /// What a model says, its record included, whether its rules hold or not.
  static func tree(of model: SourceText) throws(OperationFailure) -> DataNode {
    let document = ModelDocument(model)
    guard let root = document.root, !document.findings.hasErrors else {
      throw .modelInvalid(model, document.findings.sorted)
    }
    var reader = DataReader(meaning: CoreMeaning())
    let data = reader.read(root)
    guard !reader.findings.hasErrors, data.isKnown else {
      var findings = document.findings
      findings.add(contentsOf: reader.findings)
      throw .modelInvalid(model, findings.sorted)
    }
    return data
  }

  /// What is wrong with a record in other ways may be compared all the same.
  private static func tree(of record: JSONObject) throws(OperationFailure) -> DataNode {
    for field in Provenance.fields where field.camelCase != field.snakeCase {
      if record[field.camelCase] != nil, record[field.snakeCase] != nil {
        throw .provenanceInvalid([
          "'\(field.snakeCase)' and '\(field.camelCase)' are two spellings of one field; keep one"
        ])
      }
    }
    return try tree(ofValues: record)
  }

  private static func tree(ofValues object: JSONObject) throws(OperationFailure) -> DataNode {
    do throws(Number.Problem) {
      return try DataNode(json: .object(object))
    } catch {
      throw .provenanceInvalid([
        "a number in the record is \(error == .notFinite ? "not finite" : "beyond ±2^53 - 1")"
      ])
    }
  }
}

extension DataNode {
  /// Whether no part of it is unknown.
  fileprivate var isKnown: Bool {
    switch content {
    case .unknown: false
    case .sequence(let items): items.allSatisfy(\.isKnown)
    case .mapping(let entries): entries.allSatisfy(\.value.isKnown)
    default: true
    }
  }

  /// A record with its fields in the spelling that another record has for them, or for its other fields.
  fileprivate func spelled(like names: [ExactString]) -> DataNode {
    guard case .mapping(let entries) = content else { return self }
    let names = Set(names)
    let present = Set(entries.map(\.key))
    let isCamelCase = Provenance.fields.contains {
      $0.camelCase != $0.snakeCase && names.contains(ExactString($0.camelCase))
    }
    var other: [ExactString: ExactString] = [:]
    for field in Provenance.fields {
      let snake = ExactString(field.snakeCase)
      let camel = ExactString(field.camelCase)
      let wanted = names.contains(snake) ? snake : isCamelCase ? camel : snake
      // A record that has both spellings keeps them.
      if !present.contains(wanted) { other[wanted == snake ? camel : snake] = wanted }
    }
    var renamed = self
    renamed.content = .mapping(
      entries.map { entry in
        DataEntry(key: other[entry.key] ?? entry.key, keyRange: entry.keyRange, value: entry.value)
      })
    return renamed
  }
}
