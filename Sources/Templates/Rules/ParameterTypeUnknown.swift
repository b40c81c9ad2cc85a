import FlowModel
package import Source

/// A parameter's type is missing or not one of integer, number, boolean, string, array.
///
/// Range: the type, or the name. Fix-it: the nearest type, or the one that other languages call so.
/// Source: docs/reference/template.md, "Parameters".
package enum ParameterTypeUnknown: Rule {
  package static let code = DiagnosticCode(rawValue: "parameter-type-unknown")

  /// The type that goes by another name elsewhere.
  static func meant(by name: String) -> String? {
    let type: ParameterType? =
      switch ExactString(name.lowercased()) {
      case "int", "long": .integer
      case "float", "double", "decimal": .number
      case "bool": .boolean
      case "str", "text": .string
      case "list": .array
      default: nil
      }
    return type?.rawValue
  }
}
