import FlowModel
import Source

extension Shape {
  /// The `parameters` section.
  static let parameters: Shape = .sequence(
    of: .mapping([
      Key("name", .any), Key("type", .any), Key("title", .text), Key("description", .text),
      Key("default", .any),
      Key("min", .number, synonyms: ["minimum"]), Key("max", .number, synonyms: ["maximum"]),
      Key("enum", .sequence(of: .any)), Key("required", .any), Key("arrayOf", .text),
      Key("fit", .any), Key("sensitive", .any),
    ]))
}

/// Reads the `parameters` section and checks every declaration.
struct ParameterReader {
  private(set) var definitions: [ParameterDefinition] = []
  private(set) var findings = Findings()
  /// Some declaration has no name of its own: it is missing, broken or another's.
  private(set) var lacksNames = false
  /// Names that several declarations have: which of them is meant is not known, and so no value is.
  private var shared: Set<ExactString> = []

  init(_ section: DataNode) {
    var shaper = Shaper(origin: .template)
    let shaped = shaper.fit(section, Shape.parameters, at: "parameters")
    findings = shaper.findings
    var taken: [ExactString: ByteRange] = [:]
    for (index, entry) in shaped.items.enumerated() {
      guard case .mapping = entry.content else { continue }
      if let definition = read(entry, at: "parameters" + index, &taken) {
        definitions.append(definition)
      }
    }
    for place in definitions.indices where shared.contains(definitions[place].name) {
      definitions[place].doubtDefault()
    }
    lacksNames = shaped.isUnknown || definitions.count < shaped.items.count
  }

  private mutating func read(
    _ entry: DataNode, at path: DataPath, _ taken: inout [ExactString: ByteRange]
  ) -> ParameterDefinition? {
    guard let name = readName(entry, at: path, &taken) else { return nil }
    let type = readType(entry, name, at: path)
    var minimum = entry["min"]?.number
    var maximum = entry["max"]?.number
    if let low = minimum, let high = maximum, low > high, let range = entry["min"]?.range {
      findings.add(
        ParameterBoundsInverted.self, at: range,
        "min \(low.spelling) is above max \(high.spelling)", path: path + "min",
        related: entry["max"].map { [Related($0.range, "the maximum")] } ?? [])
      // No value could lie between them, so none is blamed.
      (minimum, maximum) = (nil, nil)
    }
    func definition(defaultValue: ParameterValue?, allowed: [ParameterValue]?)
      -> ParameterDefinition
    {
      ParameterDefinition(
        name: name.text, nameRange: name.range, range: entry.range, type: type,
        title: entry["title"]?.string,
        description: entry["description"]?.string, defaultValue: defaultValue,
        hasDefault: entry["default"].map { !$0.isNull } ?? false, minimum: minimum,
        maximum: maximum,
        allowed: allowed, isRequired: entry["required"]?.content != .bool(false),
        isSensitive: isSensitive(entry["sensitive"]),
        hasIntegerElements: hasIntegers, fit: fit)
    }
    let fit = readFit(entry, type, at: path)
    let hasIntegers = readElements(entry, at: path)
    checkFlag("required", of: entry, at: path)
    checkFlag("sensitive", of: entry, at: path)
    let bare = definition(defaultValue: nil, allowed: nil)
    let allowed = readAllowed(entry, bare, at: path)
    let value = readDefault(entry, definition(defaultValue: nil, allowed: allowed), at: path)
    return definition(defaultValue: value, allowed: allowed)
  }

  private mutating func readName(
    _ entry: DataNode, at path: DataPath, _ taken: inout [ExactString: ByteRange]
  ) -> (text: ExactString, range: ByteRange)? {
    guard let name = entry["name"], !name.isBlank else {
      findings.add(
        ParameterNameMissing.self,
        at: entry["name"]?.range ?? entry.entries.first?.keyRange ?? entry.range,
        "\(path) has no name", path: path + "name")
      return nil
    }
    if name.isUnknown { return nil }
    guard let text = name.string, Identifier.isValid(text) else {
      findings.add(
        ParameterNameFormat.self, at: name.range,
        "a parameter's name must begin with a letter or '_' and go on with letters, digits or '_', unlike "
          + name.described,
        path: path + "name")
      return nil
    }
    if let first = taken[ExactString(text)] {
      findings.add(
        ParameterNameDuplicate.self, at: name.range,
        "the parameter \(quoted(text)) is declared twice",
        path: path + "name", related: [Related(first, "first declared here")])
      shared.insert(ExactString(text))
      return nil
    }
    taken[ExactString(text)] = name.range
    return (ExactString(text), name.range)
  }

  private mutating func readType(
    _ entry: DataNode, _ name: (text: ExactString, range: ByteRange), at path: DataPath
  ) -> ParameterType? {
    let names = ParameterType.allCases.map(\.rawValue)
    guard let type = entry["type"], !type.isBlank else {
      findings.add(
        ParameterTypeUnknown.self, at: entry["type"]?.range ?? name.range,
        "\(quoted(name.text.text)) has no type: it is one of \(names.joined(separator: ", "))",
        path: path + "type")
      return nil
    }
    if type.isUnknown { return nil }
    if let known = type.string.flatMap({ ParameterType(rawValue: $0) }) { return known }
    findings.addUnlisted(
      ParameterTypeUnknown.self, type, known: names,
      meant: type.string.flatMap(ParameterTypeUnknown.meant), path: path + "type", "type")
    return nil
  }

  private mutating func readFit(_ entry: DataNode, _ type: ParameterType?, at path: DataPath)
    -> ArrayFit?
  {
    guard let fit = entry["fit"], !fit.isNull, !fit.isUnknown else { return .exact }
    guard let known = fit.string.flatMap({ ArrayFit(rawValue: $0) }) else {
      findings.addUnlisted(
        ParameterFitInvalid.self, fit, known: ArrayFit.allCases.map(\.rawValue),
        path: path + "fit", "fit")
      return nil
    }
    if let type, type != .array {
      findings.add(
        ParameterFitInvalid.self, at: fit.range,
        "only an array has a fit, not a parameter of type \(type.rawValue)",
        path: path + "fit")
    }
    return known
  }

  /// Whatever is no clear `false` is a wish to hide.
  private func isSensitive(_ flag: DataNode?) -> Bool {
    guard let flag, !flag.isNull else { return false }
    return flag.content != .bool(false)
  }

  private mutating func checkFlag(_ key: ExactString, of entry: DataNode, at path: DataPath) {
    guard let flag = entry[key], !flag.isNull, !flag.isUnknown else { return }
    if case .bool = flag.content { return }
    findings.add(
      ValueType.self, at: flag.range, "\(key.text) must be true or false, not \(flag.described)",
      path: path + key)
  }

  private mutating func readAllowed(
    _ entry: DataNode, _ definition: ParameterDefinition, at path: DataPath
  ) -> [ParameterValue]? {
    guard let list = entry["enum"], case .sequence(let items) = list.content else { return nil }
    var allowed: [ParameterValue] = []
    for (index, item) in items.enumerated() {
      let (value, problems) = definition.check(item)
      if let value { allowed.append(value) }
      if value == nil, let problem = problems.first {
        findings.add(ValueType.self, at: item.range, problem.message, path: path + "enum" + index)
      }
    }
    return allowed.isEmpty ? nil : allowed
  }

  private mutating func readDefault(
    _ entry: DataNode, _ definition: ParameterDefinition, at path: DataPath
  ) -> ParameterValue? {
    guard let value = entry["default"], !value.isNull else { return nil }
    let (result, problems) = definition.check(value)
    for problem in problems {
      let element = problem.index.flatMap {
        value.items.indices.contains($0) ? value.items[$0].range : nil
      }
      findings.add(
        ParameterDefaultInvalid.self, at: element ?? value.range,
        "the default is wrong: \(problem.message)",
        path: problem.index.map { path + "default" + $0 } ?? path + "default")
    }
    return problems.isEmpty ? result : nil
  }

  /// Whether elements must be whole: `arrayOf: integer`, or `int` in any case as older templates write it.
  private mutating func readElements(_ entry: DataNode, at path: DataPath) -> Bool {
    guard let elements = entry["arrayOf"], !elements.isBlank, let text = elements.string else {
      return false
    }
    let name = ExactString(text).lowercased
    let now: String? =
      switch name {
      case "int", "integer": "integer"
      case "double", "number": "number"
      default: nil
      }
    guard let now else {
      findings.addUnlisted(
        ValueType.self, elements, known: ["number", "integer"], path: path + "arrayOf", "arrayOf")
      return false
    }
    if ExactString(text) != ExactString(now) {
      findings.add(
        KeyDeprecated.self, at: elements.range,
        "\(quoted(text)) is an old spelling of \(quoted(now))", path: path + "arrayOf",
        fixIts: [
          FixIt("change to \(quoted(now))", [TextEdit(elements.range, now, isScalar: true)])
        ])
    }
    return now == "integer"
  }
}
