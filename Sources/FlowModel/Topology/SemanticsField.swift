package import Source

/// A key of a topology node's `semantics`, in the order of ``Shape/model``.
///
/// Source: docs/reference/template.md, "Semantics".
package enum SemanticsField: String, CaseIterable, Sendable {
  case arrivals, served, errors, attempts, failures, exhaustedFailures, retryEcho
  case retryBudgetRemaining, retryKernel, externalDemand, queueDepth, capacity, parallelism
  case processingTimeMsSum, servedCount, slaMin, maxAttempts, backoffStrategy, exhaustedPolicy
  case aliases

  /// Whether the value names a series and nothing else.
  package var isSeries: Bool {
    switch self {
    case .arrivals, .served, .errors, .attempts, .failures, .exhaustedFailures, .retryEcho,
      .retryBudgetRemaining, .externalDemand, .queueDepth, .capacity, .processingTimeMsSum,
      .servedCount:
      true
    case .retryKernel, .parallelism, .slaMin, .maxAttempts, .backoffStrategy, .exhaustedPolicy,
      .aliases:
      false
    }
  }

  /// Fields that nodes without a queue and without retries of their own must not have.
  static let ofQueuesAndRetries: [SemanticsField] = [
    .queueDepth, .capacity, .attempts, .failures, .retryEcho, .retryKernel,
  ]

  static let names: [ExactString] = allCases.map { ExactString($0.rawValue) }
}

/// The `semantics` of a topology node, its fields found once.
package struct Semantics: Sendable {
  package struct Field: Sendable {
    package let field: SemanticsField
    package let entry: DataEntry
  }

  /// The `semantics` key.
  package let keyRange: ByteRange
  /// The fields that are written, whatever they hold.
  package let fields: [Field]

  /// - Returns: nil where the value is no mapping.
  init?(_ entry: DataEntry) {
    guard case .mapping(let entries) = entry.value.content else { return nil }
    keyRange = entry.keyRange
    var fields: [Field] = []
    fields.reserveCapacity(entries.count)
    // Entries stand in the order of the fields, so that each search is short; one that was added stands last.
    let names = SemanticsField.names
    var place = 0
    for entry in entries {
      for step in names.indices where names[(place + step) % names.count].isKey(entry.key) {
        place = (place + step) % names.count
        fields.append(Field(field: SemanticsField.allCases[place], entry: entry))
        break
      }
    }
    self.fields = fields
  }

  package subscript(field: SemanticsField) -> DataEntry? {
    fields.first { $0.field == field }?.entry
  }

  /// Whether something is written there, known or not.
  package func gives(_ field: SemanticsField) -> Bool {
    self[field].map { !$0.value.isBlank } ?? false
  }

  /// Where to say that a field is missing.
  func placeOfMissing(_ field: SemanticsField) -> ByteRange { self[field]?.keyRange ?? keyRange }
}
