import Source

/// A value that equals another if a comparison would find no difference.
struct SameValue: Hashable {
  let node: DataNode

  static func == (left: SameValue, right: SameValue) -> Bool {
    left.node.isSame(as: right.node)
  }

  func hash(into hasher: inout Hasher) {
    node.hashSame(into: &hasher)
  }
}

extension DataNode {
  /// Whether both are the same null, boolean, number or text; false for lists and mappings.
  func isSameScalar(as other: DataNode) -> Bool {
    switch (content, other.content) {
    case (.null, .null): true
    case (.bool(let left), .bool(let right)): left == right
    case (.number(let left), .number(let right)): left == right
    case (.string(let left), .string(let right)): ExactString(left) == ExactString(right)
    default: false
    }
  }

  /// Values in it, itself included, but no further than `max`.
  func valueCount(max: Int) -> Int {
    var count = 1
    switch content {
    case .sequence(let items):
      for item in items where count < max { count += item.valueCount(max: max - count) }
    case .mapping(let entries):
      for entry in entries where count < max { count += entry.value.valueCount(max: max - count) }
    default: break
    }
    return count
  }

  fileprivate func isSame(as other: DataNode) -> Bool {
    switch (content, other.content) {
    case (.sequence(let left), .sequence(let right)):
      return left.count == right.count && zip(left, right).allSatisfy { $0.isSame(as: $1) }
    case (.mapping(let left), .mapping(let right)):
      guard left.count == right.count else { return false }
      var places = KeyPlaces(right)
      for (index, entry) in left.enumerated() {
        guard let place = places.place(of: entry.key, near: index),
          entry.value.isSame(as: right[place].value)
        else { return false }
      }
      return true
    default: return isSameScalar(as: other)
    }
  }

  fileprivate func hashSame(into hasher: inout Hasher) {
    switch content {
    case .null: hasher.combine(0)
    case .bool(let value):
      hasher.combine(1)
      hasher.combine(value)
    case .number(let value):
      hasher.combine(2)
      hasher.combine(value)
    case .string(let value):
      hasher.combine(3)
      hasher.combine(ExactString(value))
    case .sequence(let items):
      hasher.combine(4)
      hasher.combine(items.count)
      for item in items { item.hashSame(into: &hasher) }
    case .mapping(let entries):
      hasher.combine(5)
      // A sum does not depend on the order of the keys.
      var sum = 0
      for entry in entries {
        var part = Hasher()
        part.combine(entry.key)
        entry.value.hashSame(into: &part)
        sum &+= part.finalize()
      }
      hasher.combine(sum)
    case .unknown: hasher.combine(6)
    }
  }
}
