import CommandLine
import FlowModel
import JSON
import Operations
import Source
import YAML

/// Values as they are given on the command line: `name=value`, typed by the declaration, and files of values.
enum ParameterOperand {
  /// - Parameters:
  ///   - operands: what stood after `--params`, in order; later ones win.
  ///   - schema: the template's `parametersSchema`, which tells the types.
  static func read(_ operands: [String], typedBy schema: JSONObject) throws(Stop) -> JSONObject {
    let properties = schema["properties"]?.objectValue ?? JSONObject()
    var values = JSONObject()
    for operand in operands {
      if let (name, text) = assignment(operand) {
        let type = properties[name]?.objectValue?["type"]?.stringValue
        values[name] = value(text, type: type)
      } else {
        let path = path(operand)
        guard
          operand.hasPrefix("@") || path.hasSuffix(".json") || path.hasSuffix(".yaml")
            || path.hasSuffix(".yml")
        else {
          throw .usage("--params takes NAME=VALUE, or a .json or .yaml file, not '\(operand)'")
        }
        for member in try file(path, properties).members { values[member.name] = member.value }
      }
    }
    return values
  }

  /// Whether it is `name=value`.
  static func isAssignment(_ operand: String) -> Bool { assignment(operand) != nil }

  /// The files among what stood after `--params`.
  static func paths(_ operands: [String]) -> [String] {
    operands.filter { assignment($0) == nil }.map { path($0) }
  }

  private static func path(_ operand: String) -> String {
    operand.hasPrefix("@") ? String(operand.dropFirst()) : operand
  }

  private static func assignment(_ operand: String) -> (name: String, text: String)? {
    guard let equals = operand.utf8.firstIndex(of: 0x3D) else { return nil }
    let name = String(operand[..<equals])
    guard Identifier.isValid(name) else { return nil }
    return (name, String(operand[operand.index(after: equals)...]))
  }

  /// Without the spaces around it; those within keep it from being a number.
  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }

  /// What does not fit the type stays text: the server then says what is wrong, as it does for every client.
  private static func value(_ text: String, type: String?) -> JSONValue {
    switch type {
    case "integer", "number":
      return JSONNumber(spelling: text).map(JSONValue.number) ?? .string(text)
    case "boolean": return text == "true" ? true : text == "false" ? false : .string(text)
    case "array":
      if let parsed = try? JSONDocument.parse(Array(text.utf8)).root, case .array = parsed {
        return parsed
      }
      // `1,2,3` without brackets is what one types.
      let parts = text.split(separator: ",", omittingEmptySubsequences: false)
      let numbers = parts.compactMap { JSONNumber(spelling: trimmed($0)) }
      return numbers.count == parts.count ? .array(numbers.map(JSONValue.number)) : .string(text)
    default: return .string(text)
    }
  }

  /// The values in a `.json` or `.yaml` file, in their own types.
  ///
  /// - Parameter properties: what the template declares.
  private static func file(_ path: String, _ properties: JSONObject) throws(Stop) -> JSONObject {
    let text = try Disk.text(path)
    let value: JSONValue?
    if path.hasSuffix(".json") {
      value = try readJSON(text, path)
    } else {
      let document = ModelDocument(text)
      var reader = DataReader(meaning: CoreMeaning())
      let data = document.root.map { reader.read($0) }
      let findings = document.findings.sorted + reader.findings.sorted
      if let first = findings.first(where: { $0.severity == .error }) {
        throw .input("\(placeName(of: first.range.start, in: text, path)): error: \(first.message)")
      }
      value = data?.json
    }
    guard case .object(let values)? = value else {
      throw .input("\(path): error: a file of parameters is a mapping of names to values")
    }
    if !values.members.contains(where: { properties[$0.name] != nil }),
      let kind = DocumentKind(text)
    {
      throw .input(
        "\(path): error: this is \(kind.described), not a file of values; "
          + (kind == .record
            ? "its values are in its 'parameters', and 'flowtime-sim regenerate \(path)' makes its model again"
            : "that is a mapping of parameters' names to values"))
    }
    return values
  }
}
