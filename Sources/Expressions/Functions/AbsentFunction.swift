/// Functions that other tools have and this language has not, with what to write instead.
///
/// Source: docs/reference/expressions.md, "What there is not".
package struct AbsentFunction: Sendable {
  package let name: String
  /// For a message, after the function's name: "write MAX(x, 0 - x)".
  package let advice: String
  /// The text that does the same; nil where there is none for these arguments.
  let replacement: @Sendable (_ arguments: [Argument]) -> String?

  /// An argument as it is written.
  struct Argument: Sendable {
    let text: String
    /// It is a sum or a difference, which needs brackets beside another operator.
    let isSum: Bool

    /// As an operand of `-`, `*` or `/`.
    var operand: String { isSum ? "(\(text))" : text }
  }

  private init(
    _ name: String, _ advice: String,
    replacement: @escaping @Sendable (_ arguments: [Argument]) -> String? = { _ in nil }
  ) {
    self.name = name
    self.advice = advice
    self.replacement = replacement
  }

  package static let all: [AbsentFunction] = [
    AbsentFunction("ABS", "write MAX(x, 0 - x)") { arguments in
      guard arguments.count == 1, let x = arguments.first else { return nil }
      return "MAX(\(x.text), 0 - \(x.operand))"
    },
    AbsentFunction("SQRT", "there are no roots"),
    AbsentFunction("POW", "there are no powers; write x * x"),
    AbsentFunction("SUM", "write a + b") { arguments in
      arguments.isEmpty ? nil : "(" + arguments.map(\.text).joined(separator: " + ") + ")"
    },
    AbsentFunction("AVG", "write (a + b) / 2") { arguments in
      guard arguments.count > 1 else { return nil }
      return "((" + arguments.map(\.text).joined(separator: " + ") + ") / \(arguments.count))"
    },
    AbsentFunction(
      "CUMSUM", "write two nodes: one with SHIFT(total, 1), and total, which adds x to it"),
    AbsentFunction("IF", "write c * a + (1 - c) * b, where c is 1 or 0, such as STEP(x, 5)"),
    AbsentFunction("EMA", "write CONV(x, [0.5, 0.3, 0.2]) with weights of your own"),
    AbsentFunction("DELAY", "write SHIFT(x, lag)") { arguments in
      arguments.count == 2
        ? "SHIFT(" + arguments.map(\.text).joined(separator: ", ") + ")" : nil
    },
    AbsentFunction("CEILING", "write CEIL(x)") { arguments in
      arguments.count == 1 ? arguments.first.map { "CEIL(\($0.text))" } : nil
    },
  ]

  /// The one of that name, in any case.
  static func named(_ name: String) -> AbsentFunction? {
    let wanted = Array(name.utf8)
    return all.first { absent in
      absent.name.utf8.count == wanted.count
        && zip(absent.name.utf8, wanted).allSatisfy { $0 == $1 & ~0x20 }
    }
  }
}
