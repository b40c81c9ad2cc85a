package import FlowModel
package import JSON
package import Source

/// The values that one generation uses: what was given, and defaults for the rest.
package struct ParameterBinding: Sendable {
  /// Whether values must be complete.
  package enum Purpose: Hashable, Sendable {
    /// A model will be made: a required parameter without a value is an error.
    case generation
    /// The template is looked at by itself: such a parameter is merely not known yet.
    case inspection
  }

  /// Effective values by name; a declared parameter may have none.
  package private(set) var values: [ExactString: ParameterValue] = [:]
  /// What is wrong with the values.
  package private(set) var findings = Findings()
  /// Given names that no parameter has.
  private var unknownNames: [ExactString] = []
  private let definitions: [ParameterDefinition]
  /// Where findings about values without a declaration stand: the `parameters` key.
  private let section: ByteRange

  package init(
    _ given: JSONObject, to definitions: [ParameterDefinition], section: ByteRange, purpose: Purpose
  ) {
    self.definitions = definitions
    self.section = section
    var seen: Set<ExactString> = []
    // Names of definitions are unique: ``ParameterReader`` sees to it.
    let byName = Dictionary(definitions.map { ($0.name, $0) }) { first, _ in first }
    for member in given.members {
      let name = ExactString(member.name)
      seen.insert(name)
      guard let definition = byName[name] else {
        unknownNames.append(name)
        continue
      }
      bind(member.value, to: definition)
    }
    for definition in definitions where !seen.contains(definition.name) {
      if let value = definition.defaultValue {
        values[definition.name] = value
      } else if purpose == .generation, !definition.hasDefault, definition.isRequired {
        reportMissing(definition)
      }
    }
  }

  /// The effective values in declared order, as the record keeps them.
  package var record: JSONObject {
    JSONObject(
      definitions.compactMap { definition in
        values[definition.name].map { JSONMember(definition.name.text, $0.json) }
      })
  }

  /// Findings about given names that are not declared.
  ///
  /// - Parameter referenced: undeclared names that the template refers to, which are blamed there.
  package func unknown(besides referenced: Set<ExactString>) -> Findings {
    var findings = Findings()
    for name in unknownNames where !referenced.contains(name) {
      let near =
        findings.isLong
        ? [] : Suggestion.near(name.text, among: definitions.lazy.map(\.name.text))
      let hint =
        near.isEmpty
        ? definitions.isEmpty ? "; the template declares none" : ""
        : "; did you mean \(near.map { quoted($0) }.joined(separator: " or "))?"
      findings.add(
        ParameterUnknown.self, at: section, "no parameter \(quoted(name.text))\(hint)",
        path: "parameters" + name)
    }
    return findings
  }

  private mutating func bind(_ value: JSONValue, to definition: ParameterDefinition) {
    let path: DataPath = "parameters" + definition.name
    let node: DataNode
    do throws(Number.Problem) {
      node = try DataNode(json: value)
    } catch {
      findings.add(
        NumberOutOfRange.self, at: definition.nameRange,
        "\(quoted(definition.name.text)): "
          + (error == .notFinite
            ? "the number is too large for any reader"
            : "a whole number beyond ±\(Number.integerMax) cannot be kept exactly"),
        path: path)
      return
    }
    let (result, problems) = definition.check(node)
    for problem in problems {
      findings.add(
        problem.code, at: definition.nameRange, problem.message,
        path: problem.index.map { path + $0 } ?? path)
    }
    if problems.isEmpty, let result { values[definition.name] = result }
  }

  private mutating func reportMissing(_ definition: ParameterDefinition) {
    let path: DataPath = "parameters" + definition.name
    if definition.type == .array {
      findings.add(
        ArrayValueRequired.self, at: definition.nameRange,
        "\(quoted(definition.name.text)) needs a value, a list of numbers: it has no default",
        path: path)
    } else {
      let type = definition.type.map { ", \($0.described)" } ?? ""
      findings.add(
        ParameterRequired.self, at: definition.nameRange,
        "\(quoted(definition.name.text)) needs a value\(type): it has no default", path: path)
    }
  }
}
