package import FlowModel
import JSON
package import Source

/// One entry of `parameters`. Source: docs/reference/template.md, "Parameters".
package struct ParameterDefinition: Hashable, Sendable {
  package let name: ExactString
  package let nameRange: ByteRange
  /// The whole entry: where `fit` could be added.
  package let range: ByteRange
  /// nil where the declared type does not exist; then no value can be checked.
  package let type: ParameterType?
  package let title: String?
  package let description: String?
  /// nil where there is none, or it is wrong.
  package private(set) var defaultValue: ParameterValue?
  /// Whether there is a default, right or wrong.
  package private(set) var hasDefault: Bool
  /// Smallest value, or smallest element of an array.
  package let minimum: Number?
  package let maximum: Number?
  /// The only values there are; nil where there is no such list.
  package let allowed: [ParameterValue]?
  /// Whether generation needs a value. Source: `required`, true by default.
  package let isRequired: Bool
  /// Whether its value is told to nobody: see ``SealedValue`` and ``Secrets``. Source: `sensitive`, false by default.
  package let isSensitive: Bool
  /// Whether elements of an array must be whole: `arrayOf: int`.
  package let hasIntegerElements: Bool
  /// nil where what is written there is none.
  package let fit: ArrayFit?

  /// Lets the default count as wrong, whatever it is.
  mutating func doubtDefault() {
    defaultValue = nil
    hasDefault = true
  }

  /// What is wrong with a value, under the code of the rule it breaks.
  package struct Problem: Hashable, Sendable {
    package let code: DiagnosticCode
    package let message: String
    /// The element of an array at fault.
    package let index: Int?

    init(_ rule: (some Rule).Type, _ message: String, index: Int? = nil) {
      code = rule.code
      self.message = message
      self.index = index
    }
  }

  /// Reads a value in the declared type and checks its bounds.
  ///
  /// - Returns: the value, or nil where it has no meaning in the type; and every problem found.
  package func check(_ value: DataNode) -> (value: ParameterValue?, problems: [Problem]) {
    guard let type else { return (nil, []) }
    if value.isUnknown { return (nil, []) }
    var problems: [Problem] = []
    let result: ParameterValue?
    switch (type, value.content) {
    case (.boolean, .bool(let flag)): result = .bool(flag)
    case (.string, .string(let text)): result = .string(ExactString(text))
    case (.number, .number(let number)):
      result = .number(number)
      checkBounds(number, &problems)
    case (.integer, .number(let number)) where number.integer != nil:
      result = .number(number)
      checkBounds(number, &problems)
    case (.array, .sequence([])):
      return (
        nil,
        [Problem(ArrayNotArray.self, "\(quoted(name.text)) must be a list of at least one number")]
      )
    case (.array, .sequence(let items)):
      result = checkElements(items, &problems)
    case (.array, _):
      return (
        nil,
        [
          Problem(
            ArrayNotArray.self,
            "\(quoted(name.text)) must be a list of numbers, not \(shown(value.described))")
        ]
      )
    default:
      return (
        nil,
        [
          Problem(
            ParameterTypeMismatch.self,
            "\(quoted(name.text)) must be \(type.described), not \(shown(value.described))")
        ]
      )
    }
    if let result, let allowed, !allowed.contains(result), type != .array {
      let first = allowed.prefix(20).map { value in
        if case .string(let string) = value { quoted(string.text) } else { value.text }
      }
      let list = first.joined(separator: ", ") + (first.count < allowed.count ? ", …" : "")
      problems.append(
        Problem(
          ParameterNotInEnum.self,
          "\(quoted(name.text)) must be one of \(list), not \(shown(value.described))"))
    }
    return (result, problems)
  }

  /// What a message says of a value.
  private func shown(_ value: String) -> String { isSensitive ? "(hidden)" : value }

  private func checkBounds(_ number: Number, _ problems: inout [Problem]) {
    if let minimum, number < minimum {
      problems.append(
        Problem(
          ParameterBelowMin.self,
          "\(quoted(name.text)) must be at least \(minimum.spelling), not \(shown(number.spelling))"
        ))
    }
    if let maximum, number > maximum {
      problems.append(
        Problem(
          ParameterAboveMax.self,
          "\(quoted(name.text)) must be at most \(maximum.spelling), not \(shown(number.spelling))")
      )
    }
  }

  private func checkElements(_ items: [DataNode], _ problems: inout [Problem]) -> ParameterValue? {
    var numbers: [Number] = []
    numbers.reserveCapacity(items.count)
    var isWhole = true
    for (index, item) in items.enumerated() {
      let place = "\(name.text)[\(index)]"
      switch item.content {
      case .number(let number):
        numbers.append(number)
        if hasIntegerElements, number.integer == nil {
          problems.append(
            Problem(
              ArrayElementNotInteger.self,
              "\(place) must be a whole number, not \(shown(number.spelling))", index: index))
        }
        if let minimum, number < minimum {
          problems.append(
            Problem(
              ArrayElementBelowMin.self,
              "\(place) must be at least \(minimum.spelling), not \(shown(number.spelling))",
              index: index)
          )
        }
        if let maximum, number > maximum {
          problems.append(
            Problem(
              ArrayElementAboveMax.self,
              "\(place) must be at most \(maximum.spelling), not \(shown(number.spelling))",
              index: index))
        }
      case .unknown: isWhole = false
      case .null:
        isWhole = false
        problems.append(
          Problem(ArrayElementNull.self, "\(place) must be a number, not nothing", index: index))
      default:
        isWhole = false
        problems.append(
          Problem(
            ArrayElementNotNumber.self, "\(place) must be a number, not \(shown(item.described))",
            index: index))
      }
    }
    return isWhole ? .array(numbers) : nil
  }
}
