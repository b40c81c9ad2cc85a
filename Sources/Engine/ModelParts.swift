import FlowModel
import Source

/// Which spellings of a key count where a model has both, and what an omitted kind means.
package enum KeyLayout: Sendable {
  /// As the command line reads a file: `router`, `source`, `target`.
  case file
  /// As the HTTP door reads a request: `inputs`, `routes`, `from`, `to`.
  case request
}

/// Reads values of a model, and says what is wrong with them.
struct ModelParts {
  var findings: Findings

  /// The items of a list; a key without a list is blamed, and an absent one is an empty list.
  mutating func list(_ key: ExactString, of node: DataNode?, at path: DataPath) -> [DataNode] {
    guard let value = node?[key], !value.isUnknown else { return [] }
    if case .sequence(let items) = value.content { return items }
    findings.add(
      ValueType.self, at: value.range,
      "\(quoted(key.text)) must be a list, not \(value.described)", path: path + key)
    return []
  }

  /// A number; nil where there is none, which is said if something else is there.
  mutating func number(_ key: ExactString, of node: DataNode?, at path: DataPath) -> Double? {
    guard let value = node?[key], !value.isNull, !value.isUnknown else { return nil }
    if let number = value.number { return number.double }
    findings.add(
      ValueType.self, at: value.range,
      "\(quoted(key.text)) must be a number, not \(value.described)", path: path + key)
    return nil
  }

  /// A whole number; nil where there is none, which is said if something else is there.
  mutating func integer(_ key: ExactString, of node: DataNode?, at path: DataPath) -> Int? {
    guard let value = node?[key], !value.isNull, !value.isUnknown else { return nil }
    if let number = value.number?.integer { return number }
    findings.add(
      ValueType.self, at: value.range,
      "\(quoted(key.text)) must be a whole number, not \(value.described)", path: path + key)
    return nil
  }

  mutating func numbers(_ key: ExactString, of node: DataNode, at path: DataPath) -> [Double] {
    let items = list(key, of: node, at: path)
    var result: [Double] = []
    result.reserveCapacity(items.count)
    for (index, item) in items.enumerated() {
      if let number = item.number {
        result.append(number.double)
      } else if !item.isUnknown {
        findings.add(
          ValueType.self, at: item.range, "expected a number, not \(item.described)",
          path: path + key + index)
      }
    }
    return result
  }

  /// A text that is not blank.
  func text(_ key: ExactString, of node: DataNode?) -> (text: String, node: DataNode)? {
    guard let value = node?[key], !value.isBlank else { return nil }
    // A name that looks like a number is a name.
    guard let text = value.string ?? value.number?.spelling else { return nil }
    return (text, value)
  }
}

extension DataNode {
  /// Where to say that a key of the item is missing: its id's value, else its first key.
  var placeOfMissing: ByteRange {
    self["id"].flatMap { $0.isBlank ? nil : $0.range } ?? entries.first?.keyRange ?? range
  }
}
