import Source

/// What tells an item of a list from the others, whatever its place.
struct ItemIdentity: Hashable {
  private enum Part: Hashable {
    case text(ExactString)
    case number(Number)
  }

  private let parts: [Part]

  /// - Returns: nil if the item is no mapping or lacks one of the keys.
  init?(_ item: DataNode, by keys: [ExactString]) {
    var parts: [Part] = []
    for key in keys {
      switch item[key]?.content {
      case .string(let text)? where !text.utf8.isEmpty: parts.append(.text(ExactString(text)))
      case .number(let number)?: parts.append(.number(number))
      default: return nil
      }
    }
    self.parts = parts
  }

  /// For a path: `orders`, or `orders, orders.csv` where several keys make it; what could be taken for an index or an
  /// end stands in quotes.
  var text: String {
    parts.map { part in
      switch part {
      case .number(let number): return quoted(number.spelling)
      case .text(let text):
        let isWord =
          text.text.utf8.count <= 60
          && text.text.utf8.allSatisfy {
            ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x5F
              || $0 == 0x2D || $0 == 0x2E
          }
        let isNumber = text.text.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
        return isWord && !isNumber ? text.text : quoted(text.text)
      }
    }.joined(separator: ", ")
  }

  /// Which keys make the identity of the items of the list under a key: the first that an item has, the later ones for
  /// items that found no partner by them.
  static func keys(ofItemsUnder key: ExactString?) -> [[ExactString]] {
    switch key {
    case "outputs"?: [["series", "as"], ["series"], ["as"]]
    case "edges"?: [["id"], ["from", "to"]]
    case "arrivals"?: [["nodeId", "classId"], ["nodeId"]]
    default: [["id"]]
    }
  }
}
