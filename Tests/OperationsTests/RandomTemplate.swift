import FlowModel
import JSON
import Operations
import Source
import Templates
import TestSupport

/// A small template of which a seed decides what stands where, and requests for models of it.
///
/// Most are right with their defaults, so that much is written by a pattern. The same parameter may stand in an expression,
/// as a number and in a name at once.
struct RandomTemplate {
  /// What a parameter is for: its type, and which values make sense.
  enum Role: CaseIterable {
    case number, integer, flag, name, term, list, unit, mode
  }

  struct Parameter {
    let name: String
    let role: Role
    let defaultValue: String
    let extras: String
  }

  private(set) var parameters: [Parameter] = []
  private var random: SplitMix64
  private let bins: Int
  private var ids: [String] = []
  private var body = ""
  private var current: [String: JSONValue] = [:]

  init(seed: UInt64) {
    random = SplitMix64(seed: seed)
    bins = Int.random(in: 1...4, using: &random)
    addNodes()
    addOutputs()
    if isLikely(0.5) { addTopology() }
    if isLikely(0.3) { line("rng: {kind: pcg32, seed: \(whole("7"))}") }
    addHead()
    // Of one that nothing refers to something is said, and then there is no pattern.
    if !isLikely(0.03) { parameters.removeAll { [body] in !body.contains("${\($0.name)}") } }
  }

  /// What the template says.
  var text: SourceText {
    SourceText(
      (isLenient ? "# lint: \(lintComment)\n" : "")
        + """
        metadata: {id: demo, title: Demo, version: "1.0.0"}
        parameters:\(parameters.isEmpty ? " []" : "")
        \(parameters.map {
          "  - {name: \($0.name), type: \(RandomTemplate.types[$0.role] ?? "string"), default: \($0.defaultValue)\($0.extras)}"
        }.joined(separator: "\n"))

        """ + body)
  }

  private static let types: [Role: String] = [
    .number: "number", .integer: "integer", .flag: "boolean", .list: "array",
  ]

  private var isLenient = false
  private var lintComment = ""

  // MARK: Chance

  private mutating func isLikely(_ chance: Double) -> Bool {
    Double.random(in: 0..<1, using: &random) < chance
  }

  private mutating func one<Choice>(of choices: [Choice], else other: Choice) -> Choice {
    choices.randomElement(using: &random) ?? other
  }

  private mutating func one(of choices: String...) -> String { one(of: choices, else: "") }

  private mutating func line(_ text: String) { body += text + "\n" }

  // MARK: Parameters

  /// A reference to a parameter, a new one or one that stands elsewhere too.
  private mutating func reference(_ role: Role, default value: String? = nil) -> String {
    let known = parameters.filter { $0.role == role }
    if let old = known.randomElement(using: &random), isLikely(0.4) { return "${\(old.name)}" }
    let name = "p\(parameters.count)"
    // Without a default now and then: then it has no value unless one is given.
    let isAbsent = isLikely(0.01)
    parameters.append(
      Parameter(
        name: name, role: role,
        defaultValue: isAbsent ? "null, required: false" : value ?? usual(role),
        extras: role == .list ? one(of: "", ", fit: repeat", ", fit: hold", ", fit: truncate") : "")
    )
    return "${\(name)}"
  }

  private mutating func usual(_ role: Role) -> String {
    switch role {
    case .number: one(of: "0.25", "0.5", "1", "2", "3.75", "10", "0.3", "0.7")
    case .integer: one(of: "1", "2", "3")
    case .flag: one(of: "true", "false")
    case .name: "n0"
    case .term: "\"\(one(of: "1", "n0", "n0 + 1", "2 * n0", "SHIFT(n0, 1)", "0.30"))\""
    case .list: "[\((0..<bins).map { _ in usual(.number) }.joined(separator: ", "))]"
    case .unit: one(of: "minutes", "hours", "days")
    case .mode: one(of: "simulation", "telemetry")
    }
  }

  /// What stands where a number does.
  private mutating func number(_ value: String, chance: Double = 0.6) -> String {
    guard isLikely(chance) else { return value }
    if isLikely(0.02) { return "\"\(reference(one(of: [.name, .flag, .list], else: .term)))\"" }
    if isLikely(0.02) { return "\"1\(reference(.integer))\"" }
    return "\"\(reference(isLikely(0.8) ? .number : .integer))\""
  }

  private mutating func whole(_ value: String) -> String {
    isLikely(0.6) ? "\"\(reference(.integer))\"" : value
  }

  private mutating func name(_ value: String) -> String {
    isLikely(0.1) ? "\"\(reference(.name))\"" : value
  }

  // MARK: Parts

  private mutating func addHead() {
    let count = isLikely(0.1) ? "\"\(reference(.integer, default: "\(bins)"))\"" : "\(bins)"
    let unit = isLikely(0.2) ? "\"\(reference(.unit))\"" : "hours"
    line("grid: {bins: \(count), binSize: \(whole("5")), binUnit: \(unit)}")
    isLenient = isLikely(0.15)
    lintComment = one(
      of: "all=off", "expr-division-by-zero=off", "edge-weight-mismatch=off, expr-branch-idle=off",
      "expr-always-negative=off", "node-unused=error")
  }

  private mutating func addNodes() {
    line("nodes:")
    for index in 0..<Int.random(in: 3...7, using: &random) {
      let id = "n\(index)"
      let kind = Int.random(in: 0..<10, using: &random)
      if index == 0 || kind < 2 {
        let list = "[\((0..<bins).map { _ in one(of: "1", "2", "8") }.joined(separator: ", "))]"
        let items = (0..<bins).map { _ in number("3") }.joined(separator: ", ")
        let anchor = index == 0 && isLikely(0.1) ? "&list " : ""
        let values =
          isLikely(0.6) ? "\"\(reference(.list))\"" : isLikely(0.2) ? "[\(items)]" : list
        line("  - {id: \(id), kind: const, values: \(anchor)\(values)}")
      } else if kind == 2 {
        let weights = isLikely(0.9) ? "[1, 2]" : "[1, \(number("2"))]"
        let chances = isLikely(0.95) ? "[0.25, 0.75]" : "[\(number("0.25")), 0.75]"
        let profile = one(
          of: "", ", profile: {kind: builtin, name: weekday-office}",
          ", profile: {kind: inline, weights: \"\(isLikely(0.3) ? reference(.list) : "1")\"}")
        line(
          "  - {id: \(id), kind: pmf, pmf: {values: \(weights), probabilities: \(chances)}\(isLikely(0.3) ? profile : "")}"
        )
      } else if kind == 3, isLikely(0.3) {
        line(
          "  - {id: \(id), kind: serviceWithBuffer, inflow: \(name(earlier())), outflow: \(name(earlier()))}"
        )
      } else {
        ids.append(id)
        let dependencies = isLikely(0.03) ? ", dependencies: [n0]" : ""
        line("  - {id: \(id), kind: expr, expr: \"\(expression(2))\"\(dependencies)}")
        continue
      }
      ids.append(id)
    }
    if body.contains("&list") { line("  - {id: same, kind: const, values: *list}") }
    if isLikely(0.2) {
      let count = ids.count
      line("  - {id: routed, kind: expr, expr: \"\(earlier())\"}")
      line("  - {id: rest, kind: expr, expr: \"\(earlier())\"}")
      line(
        "  - {id: router, kind: router, inputs: {queue: \(earlier())}, routes: [{target: routed, weight: \(number("2"))}, {target: rest, weight: \(number("1"))}]}"
      )
      if count > 2, isLikely(0.3) { ids.append("rest") }
    }
    if isLikely(0.15) {
      // Text that stands in an expression and elsewhere.
      line(
        "  - {id: first, kind: expr, expr: &text \"n0 + \(reference(.number))\", metadata: {note: \"x\"}}"
      )
      line("  - {id: second, kind: expr, expr: *text, metadata: {note: *text}}")
    }
  }

  /// A node that stands before this one.
  private mutating func earlier() -> String { one(of: Array(ids.dropLast(0)), else: "n0") }

  private mutating func expression(_ depth: Int) -> String {
    let own = ids.last ?? "n0"
    // A node reads itself by chance only.
    func other(_ random: inout SplitMix64) -> String {
      ids.dropLast().randomElement(using: &random) ?? "n0"
    }
    guard depth > 0, isLikely(0.85) else {
      switch Int.random(in: 0..<12, using: &random) {
      case 0..<5: return other(&random)
      case 5..<8: return reference(.number)
      case 8: return reference(.integer)
      case 9: return reference(.name)
      case 10:
        return one(
          of: reference(.term), "n\(reference(.integer, default: "0"))", "(\(reference(.term)))")
      default: return one(of: "1", "0.30", "2", "0")
      }
    }
    switch Int.random(in: 0..<16, using: &random) {
    case 0..<5:
      return
        "\(expression(depth - 1)) \(one(of: "+", "-", "*", "/")) \(expression(depth - 1))"
    case 5: return "(\(expression(depth - 1)) - \(expression(depth - 1)))"
    case 6: return "SHIFT(\(other(&random)), \(isLikely(0.6) ? reference(.integer) : "1"))"
    case 7: return "CLAMP(\(expression(depth - 1)), \(operand("0")), \(operand("9")))"
    case 8: return "\(one(of: "MIN", "MAX"))(\(expression(depth - 1)), \(operand("4")))"
    case 9:
      return
        "CONV(\(other(&random)), \(isLikely(0.5) ? reference(.list) : "[0.5, \(operand("0.25"))]"))"
    case 10: return "MOD(\(expression(depth - 1)), \(operand("2")))"
    case 11: return "PULSE(\(isLikely(0.6) ? reference(.integer) : "2"), 0, \(operand("3")))"
    case 12: return "\(one(of: "FLOOR", "CEIL", "ROUND"))(\(expression(depth - 1)))"
    case 13: return "STEP(\(expression(depth - 1)), \(operand("3")))"
    case 14: return isLikely(0.1) ? "SHIFT(\(own), \(reference(.integer)))" : other(&random)
    default: return "\(expression(depth - 1)) / \(operand("2"))"
    }
  }

  private mutating func operand(_ value: String) -> String {
    isLikely(0.6) ? reference(.number) : value
  }

  /// A parameter of its own, so that shares are those of the edges at first.
  private mutating func share(_ value: String) -> String {
    guard isLikely(0.6) else { return value }
    let name = "p\(parameters.count)"
    parameters.append(Parameter(name: name, role: .number, defaultValue: value, extras: ""))
    return "${\(name)}"
  }

  private mutating func addOutputs() {
    line("outputs:")
    if isLikely(0.7) {
      line("  - {series: '*'\(isLikely(0.2) ? ", exclude: [\(name("n1")), gone]" : "")}")
    }
    line(
      "  - {series: \(name(one(of: ids, else: "n0"))), as: \(isLikely(0.1) ? "\"\(reference(.name)).csv\"" : "one.csv")}"
    )
  }

  private mutating func addTopology() {
    if isLikely(0.5) { line("generator: flowtime-sim") }
    line("window: {start: \"2025-01-06T00:00:00Z\", timezone: UTC}")
    if isLikely(0.3) {
      line(
        "mode: \(isLikely(0.3) ? "\"\(reference(.mode))\"" : one(of: "simulation", "telemetry"))")
    }
    if isLikely(0.4) {
      line("classes: [{id: gold, displayName: \"Gold \(isLikely(0.2) ? reference(.name) : "")\"}]")
      line(
        "traffic: {arrivals: [{nodeId: n0, classId: gold, pattern: {kind: constant, ratePerBin: \(number("3"))}}]}"
      )
    }
    // Shares, which a rule compares with weights.
    body = body.replacing(
      "nodes:\n",
      with:
        "nodes:\n  - {id: left, kind: expr, expr: \"n0 * \(share("0.3"))\"}\n  - {id: right, kind: expr, expr: \"\(share("0.7")) * n0\"}\n"
    )
    let kind = one(of: "service", "serviceWithBuffer", "queue")
    let queue = kind == "service" ? "" : one(of: "", ", queueDepth: self", ", queueDepth: waiting")
    line("topology:")
    line("  nodes:")
    line("    - id: A")
    line("      kind: \(kind)")
    if isLikely(0.5) { line("      wipLimit: \(number("9"))") }
    // The same number may stand in two places.
    let isShared = isLikely(0.1)
    if isShared || isLikely(0.5) {
      line("      initialCondition: {queueDepth: \(isShared ? "&start " : "")\(number("4"))}")
    }
    let minutes = isShared ? "*start" : number("6")
    let servers =
      kind == "serviceWithBuffer" && isLikely(0.3) ? ", parallelism: \(number("2"))" : ""
    let kernel = isLikely(0.7) ? "[0, \(number("0.5"))]" : "\"\(reference(.list))\""
    line(
      "      semantics: {arrivals: n0, served: \(name("n0"))\(queue)\(servers)\(isLikely(0.5) ? ", slaMin: \(minutes)" : "")\(isLikely(0.5) ? ", maxAttempts: \(number("2"))" : "")\(isLikely(0.4) ? ", retryKernel: \(kernel)" : "")}"
    )
    line("    - {id: B, kind: service, semantics: {arrivals: left, served: left}}")
    line(
      "    - {id: C, kind: \(one(of: "service", "sink")), semantics: {arrivals: right, served: right}}"
    )
    line("  edges:")
    line("    - {id: ab, from: A, to: B, weight: \(isLikely(0.4) ? "\"\(share("0.3"))\"" : "0.3")}")
    line(
      "    - {id: ac, from: A, to: C, weight: \(isLikely(0.9) ? "0.7" : "2")\(isLikely(0.3) ? ", multiplier: \(number("1"))" : "")\(isLikely(0.1) ? ", lag: \(number("0"))" : "")}"
    )
  }

  // MARK: Requests

  /// The next request: mostly that before with other values of a few parameters.
  mutating func next() -> GenerateModel.Request {
    for name in current.keys.sorted() where isLikely(0.4) { current[name] = nil }
    let changed = isLikely(0.1) ? parameters.count : Int.random(in: 1...2, using: &random)
    for _ in 0..<changed {
      guard let parameter = parameters.randomElement(using: &random) else { break }
      current[parameter.name] = isLikely(0.1) ? nil : value(parameter.role)
    }
    var request = GenerateModel.Request(
      template: .id("demo"),
      parameters: JSONObject(
        parameters.compactMap { parameter in
          current[parameter.name].map { JSONMember(parameter.name, $0) }
        }))
    if isLikely(0.1) { request.mode = isLikely(0.5) ? .telemetry : .simulation }
    if isLikely(0.1) {
      let code = one(of: "all", "expr-division-by-zero", "expr-always-negative", "node-unused")
      try? request.lint.set(code, to: one(of: "off", "warning", "error"))
    }
    return request
  }

  private mutating func value(_ role: Role) -> JSONValue {
    // Of the wrong type now and then.
    let role = isLikely(0.02) ? one(of: Role.allCases, else: role) : role
    switch role {
    case .number: return numeral(RandomTemplate.numerals)
    case .integer: return numeral(RandomTemplate.wholes)
    case .flag: return .bool(isLikely(0.5))
    case .name, .term:
      return .string(
        isLikely(0.5) ? one(of: ids, else: "n0") : one(of: RandomTemplate.texts, else: ""))
    case .list:
      let count = isLikely(0.85) ? bins : Int.random(in: 0...6, using: &random)
      return .array((0..<count).map { _ in numeral(RandomTemplate.numerals) })
    case .unit: return .string(one(of: "minutes", "hours", "weeks", "Hours", "years"))
    case .mode: return .string(one(of: "simulation", "telemetry", "Telemetry", ""))
    }
  }

  private mutating func numeral(_ spellings: [String]) -> JSONValue {
    guard isLikely(0.3) else {
      let digits =
        Double(Int.random(in: isLikely(0.1) ? -200...0 : 0...1_000, using: &random)) / 100
      return JSONNumber(
        spelling: spellings == RandomTemplate.wholes ? "\(Int(digits))" : "\(digits)"
      )
      .map { .number($0) } ?? .null
    }
    return JSONNumber(spelling: one(of: spellings, else: "1")).map { .number($0) } ?? .null
  }

  private static let wholes = [
    "0", "-0", "1", "2", "3", "4", "5", "1000", "1001", "-1", "1.0", "10000", "1e2", "2147483647",
    "2147483648", "9007199254740991",
  ]

  private static let numerals =
    wholes + [
      "-0.0", "0.1", "0.25", "0.30", "0.3", "0.7", "0.333", "1e300", "-1e300", "1e-300", "5e-324",
      "1e-7", "-1e-7", "1e21", "1e22", "123456789.125", "9007199254740992", "9007199254740993.0",
      "1.5E3", "0.1e1", "-0.5", "1.7976931348623157e308", "1e309", "0.30000000000000004",
    ]

  private static let texts = [
    "", " ", "\n", "1", "-1", "0", "n0 + n0", "n0 +\n 1", "n0\t", " n0", "n0 # 1", "n0: 1",
    "nobody",
    "SHIFT(n0, 1)", "SHIFT(n0, 0)", "n0 * 0", "null", "true", "~", "1e3", "0x10", "1_0", ".5", "5.",
    "${p0}", "$${p0}", "é", "e\u{301}", "\u{0}", "\u{85}n0", "\u{2028}", "n0)", "(n0", "[1]",
    "0.30",
    "- n0", "n0 - 1", "\"n0\"", "'", "n0 / 0", "MIN(n0, 1)", "*text", "&a", "?", "@", "`", "{a: 1}",
    "left", "routed", "waiting", "n1", "n2", "(0 - 9)", "1 - 2", "gold",
  ]
}
