import FlowModel
import Source

/// Ids of nodes, and new ones beside them.
struct NodeNames {
  private var taken: Set<ExactString> = []
  /// The last number that was tried after a name that was taken.
  private var numbers: [ExactString: Int] = [:]
  /// The ids that the author wrote, in order.
  private(set) var written: [ExactString] = []
  /// Parameters that ids come from: whether a name is free depends on them.
  private(set) var causes = Causes()

  init(_ draft: ModelDraft) {
    guard draft.topologyNodes != nil else { return }
    taken.reserveCapacity(draft.nodes?.count ?? 0)
    for node in draft.nodes ?? [] {
      guard let id = node["id"] else { continue }
      causes.add(id)
      guard let text = id.string.map({ ExactString($0) }), taken.insert(text).inserted else {
        continue
      }
      written.append(text)
    }
  }

  func has(_ name: ExactString) -> Bool { taken.contains(name) }

  /// Takes a name that its author chose.
  mutating func take(_ name: ExactString, from node: DataNode) {
    taken.insert(name)
    causes.add(node)
  }

  /// Takes the first free one of `name`, `name_1`, `name_2` and so on.
  ///
  /// - Parameter node: what the name is made of.
  /// - Returns: the id, without a place.
  mutating func takeFree(_ name: String, from node: DataNode, at range: ByteRange) -> DataNode {
    var free = ExactString(name)
    while !taken.insert(free).inserted {
      numbers[ExactString(name), default: 0] += 1
      free = ExactString("\(name)_\(numbers[ExactString(name), default: 0])")
    }
    causes.add(node)
    return DataNode(made: free.text, at: range, causes: Causes(node).names(and: causes))
  }
}

extension Causes {
  fileprivate func names(and others: Causes) -> [ExactString] {
    var union = self
    union.add(others.names)
    return union.names
  }
}

/// The name of a thing as part of a node's id.
enum SnakeCase {
  /// White space goes, an upper-case letter becomes `_` and its small form, whatever is no letter or digit becomes `_`,
  /// and `_` around the whole goes. `PickupDesk` is `pickup_desk`, `HTTPIn` is `h_t_t_p_in`.
  ///
  /// - Returns: the text itself where nothing is left.
  static func name(of text: String) -> String {
    var name = ""
    for scalar in text.unicodeScalars where !scalar.properties.isWhitespace {
      let properties = scalar.properties
      if properties.isUppercase {
        if !name.isEmpty, name.utf8.last != UInt8(ascii: "_") { name += "_" }
        name += properties.lowercaseMapping
      } else if properties.isAlphabetic || properties.numericType == .decimal {
        name.unicodeScalars.append(scalar)
      } else {
        name += "_"
      }
    }
    let underscore = UInt8(ascii: "_")
    guard let first = name.utf8.firstIndex(where: { $0 != underscore }),
      let last = name.utf8.lastIndex(where: { $0 != underscore })
    else { return text }
    return String(name[first...last])
  }
}
