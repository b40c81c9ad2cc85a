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

  /// Effective values by the place of their definition; a declared parameter may have none.
  package private(set) var values: [ParameterValue?]
  /// What is wrong with the values.
  package private(set) var findings = Findings()
  /// Given names that no parameter has.
  private var unknownNames: [ExactString] = []
  private let definitions: [ParameterDefinition]
  private let purpose: Purpose
  /// Where findings about values without a declaration stand: the `parameters` key.
  private let section: ByteRange

  /// - Parameter names: those of the definitions.
  init(
    _ given: JSONObject, to definitions: [ParameterDefinition], _ names: ParameterNames,
    section: ByteRange, purpose: Purpose
  ) {
    self.definitions = definitions
    self.section = section
    self.purpose = purpose
    values = Array(repeating: nil, count: definitions.count)
    var isGiven = Array(repeating: false, count: definitions.count)
    for member in given.members {
      let name = ExactString(member.name)
      guard let place = names.place(of: name), definitions.indices.contains(place) else {
        unknownNames.append(name)
        continue
      }
      isGiven[place] = true
      bind(member.value, to: definitions[place], at: place)
    }
    for (place, definition) in definitions.enumerated() where !isGiven[place] {
      if let value = definition.defaultValue {
        values[place] = value
      } else if purpose == .generation, !definition.hasDefault, definition.isRequired {
        reportMissing(definition)
      }
    }
  }

  /// Whether there is nothing to say of the values.
  var isRight: Bool { findings.diagnostics.isEmpty && unknownNames.isEmpty }

  /// Places of the parameters that may go without a value, and do.
  var absent: [Int] {
    guard purpose == .generation else { return [] }
    return definitions.indices.filter {
      values[$0] == nil && !definitions[$0].isRequired && !definitions[$0].hasDefault
    }
  }

  /// The effective values in declared order, as the record keeps them: sensitive ones sealed.
  package func record(of templateID: String) -> JSONObject {
    JSONObject(
      zip(definitions, values).compactMap { definition, value in
        let name = definition.name.text
        guard let value else { return nil }
        guard definition.isSensitive else { return JSONMember(name, value.json) }
        let salt = SealedValue.salt(templateID: templateID, parameter: name)
        return salt.flatMap { SealedValue(value.json, salt: $0) }.map { JSONMember(name, $0.json) }
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

  private mutating func bind(
    _ value: JSONValue, to definition: ParameterDefinition, at place: Int
  ) {
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
    if problems.isEmpty, let result { values[place] = result }
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
