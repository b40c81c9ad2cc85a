package import Source

/// The way from the root of a document to a value.
package struct DataPath: Hashable, Sendable {
  package enum Step: Hashable, Sendable {
    case key(ExactString)
    case index(Int)
  }

  package var steps: [Step]

  package init(_ steps: [Step] = []) {
    self.steps = steps
  }

  package static func + (path: DataPath, key: ExactString) -> DataPath {
    DataPath(path.steps + [.key(key)])
  }

  package static func + (path: DataPath, index: Int) -> DataPath {
    DataPath(path.steps + [.index(index)])
  }
}

extension DataPath {
  /// Whether the value is an expression, which has a syntax of its own for numbers.
  package var isExpression: Bool {
    guard case .key(let last)? = steps.last, last == "expr" || last == "expression" else {
      return false
    }
    return steps.first == .key("nodes")
  }
}

extension DataPath: ExpressibleByStringLiteral, CustomStringConvertible {
  /// A path of one key.
  package init(stringLiteral value: String) {
    self.init([.key(ExactString(value))])
  }

  /// `nodes[2].pmf.values`; a key that is not a plain word stands in brackets and quotes, and a long one is cut: every
  /// finding below it carries it.
  package var description: String {
    var text = ""
    for step in steps {
      switch step {
      case .index(let index): text += "[\(index)]"
      case .key(let key):
        let isWord =
          !key.text.isEmpty && key.text.utf8.count <= 60
          && key.text.utf8.allSatisfy {
            ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x5F
              || $0 == 0x2D
          }
        if isWord {
          text += text.isEmpty ? key.text : "." + key.text
        } else {
          text += "[" + quoted(key.text) + "]"
        }
      }
    }
    return text
  }
}

extension DataPath.Step: ExpressibleByStringLiteral {
  package init(stringLiteral value: String) {
    self = .key(ExactString(value))
  }
}
