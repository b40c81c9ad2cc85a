import Source

/// Where a comparison is, in both trees.
struct ComparisonPlace {
  private struct Step {
    /// As people read it, with what parts it from the step before.
    let text: String
    /// Reference tokens of RFC 6901, escaped, with their slash.
    let old: String
    let new: String
    let key: ExactString?
  }

  private var steps: [Step] = []

  mutating func enter(key: ExactString) {
    let name = DataPath([.key(key)]).description
    let token = "/" + key.text.escapedForPointer
    steps.append(
      Step(
        text: steps.isEmpty || name.utf8.first == 0x5B ? name : "." + name, old: token, new: token,
        key: key))
  }

  /// - Parameter name: the item's identity, or its index where only its place tells it from the others.
  mutating func enter(old: Int, new: Int, name: String) {
    steps.append(Step(text: "[\(name)]", old: "/\(old)", new: "/\(new)", key: nil))
  }

  mutating func leave() {
    steps.removeLast()
  }

  /// The key whose value is being compared.
  var key: ExactString? { steps.last?.key }

  var path: String { steps.reduce(into: "") { $0 += $1.text } }
  /// Into the old tree. Source of both: RFC 6901.
  var oldPointer: String { steps.reduce(into: "") { $0 += $1.old } }
  /// Into the new tree; also into the document that a patch has made so far, where what stands around is done.
  var newPointer: String { steps.reduce(into: "") { $0 += $1.new } }

  func pointer(toItem index: Int) -> String { newPointer + "/\(index)" }
}

extension String {
  /// Source: RFC 6901, section 3.
  fileprivate var escapedForPointer: String {
    guard utf8.contains(where: { $0 == 0x7E || $0 == 0x2F }) else { return self }
    var bytes: [UInt8] = []
    for byte in utf8 {
      switch byte {
      case 0x7E: bytes += [0x7E, 0x30]
      case 0x2F: bytes += [0x7E, 0x31]
      default: bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
