package import FlowModel
package import JSON
package import Source

/// A value of a parameter, in the type that the parameter declares.
package enum ParameterValue: Hashable, Sendable {
  case bool(Bool)
  case number(Number)
  case string(ExactString)
  case array([Number])

  package var json: JSONValue {
    switch self {
    case .bool(let value): .bool(value)
    case .number(let value): .number(value.json)
    case .string(let value): .string(value.text)
    case .array(let values): .array(values.map { .number($0.json) })
    }
  }

  /// The value inside a longer text: a number as plain decimal, `-0.0000001`.
  package var text: String {
    switch self {
    case .bool(let value): value ? "true" : "false"
    case .number(let value): (value.isNegative ? "-" : "") + value.plainDecimal
    case .string(let value): value.text
    case .array(let values): "[" + values.map(\.spelling).joined(separator: ", ") + "]"
    }
  }

  /// The value inside an expression: see ``Number/expressionTerm``. Text goes in as it is.
  package var expressionText: String {
    switch self {
    case .number(let value): value.expressionTerm
    case .array(let values): "[" + values.map(\.expressionTerm).joined(separator: ", ") + "]"
    case .bool, .string: text
    }
  }
}

/// The types a parameter may declare. Source: docs/reference/template.md, "Parameters".
package enum ParameterType: String, CaseIterable, Sendable {
  case integer, number, boolean, string, array

  package var described: String {
    switch self {
    case .integer: "a whole number"
    case .number: "a number"
    case .boolean: "true or false"
    case .string: "text"
    case .array: "a list of numbers"
    }
  }
}

/// What happens to an array bound to `values` whose length differs from `bins`.
///
/// Source: docs/reference/template.md, "Fit".
package enum ArrayFit: String, CaseIterable, Sendable {
  /// The lengths must be equal.
  case exact
  /// The list begins again when it is used up, and is cut where it is longer.
  case `repeat`
  /// The last value goes on, and a longer list is cut.
  case hold
  /// A longer list is cut; a shorter one is an error.
  case truncate

  /// - Returns: nil where the lengths cannot be made equal. `count` must be positive.
  package func apply<Value>(to values: [Value], count: Int) -> [Value]? {
    guard let last = values.last else { return nil }
    if values.count == count { return values }
    if values.count > count { return self == .exact ? nil : Array(values.prefix(count)) }
    switch self {
    case .exact, .truncate: return nil
    case .hold: return values + Array(repeating: last, count: count - values.count)
    case .repeat:
      var result: [Value] = []
      result.reserveCapacity(count)
      while result.count < count { result += values.prefix(count - result.count) }
      return result
    }
  }
}
