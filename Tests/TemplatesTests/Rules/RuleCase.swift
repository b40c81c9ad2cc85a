import FlowModel
import JSON
import Source
import Templates
import TestSupport
import Testing

/// A text that breaks one rule, and a neighbour that does not.
struct RuleCase: Sendable, CustomTestStringConvertible {
  enum Document: String, Sendable {
    case model, template
    /// A model, and the same text with `metadata` before it as a template.
    case both
  }

  typealias Edit = (line: String, instead: String)

  let code: String
  let document: Document
  /// Marked where the rule must report, and nowhere else.
  let bad: String
  let good: String
  /// Titles of the fixes that are offered.
  let fixes: [String]
  /// Codes that stand beside the rule's own and are no matter here.
  let others: Set<String>

  /// - Parameters:
  ///   - bad: changes to the base text, marked.
  ///   - good: changes to the base text; none is the base text.
  init(
    _ code: String, in document: Document = .both, _ bad: [Edit], good: [Edit] = [],
    fixes: [String] = [], besides others: Set<String> = []
  ) {
    let base = document == .template ? RuleCase.template : RuleCase.model
    self.init(
      code, in: document, whole: RuleCase.changed(base, bad), good: RuleCase.changed(base, good),
      fixes: fixes, besides: others)
  }

  /// - Parameter bad: changes to the base text of the newest level, marked.
  init(
    _ code: String, in document: Document = .both, newest bad: [Edit], good: [Edit] = [],
    fixes: [String] = [], besides others: Set<String> = []
  ) {
    let base = (document == .template ? RuleCase.templateHead : "") + RuleCase.newest
    self.init(
      code, in: document, whole: RuleCase.changed(base, bad), good: RuleCase.changed(base, good),
      fixes: fixes, besides: others)
  }

  init(
    _ code: String, in document: Document, whole bad: String, good: String? = nil,
    fixes: [String] = [], besides others: Set<String> = []
  ) {
    self.code = code
    self.document = document
    self.bad = bad
    self.good = good ?? (document == .template ? RuleCase.template : RuleCase.model)
    self.fixes = fixes
    self.others = others
  }

  var testDescription: String { "\(code) in a \(document.rawValue)" }

  static let model = """
    schemaVersion: 1
    grid:
      bins: 3
      binSize: 60
      binUnit: minutes
      start: 2025-01-01T00:00:00Z
    nodes:
      - id: demand
        kind: const
        values: [10, 20, 30]
      - id: chance
        kind: pmf
        pmf:
          values: [1, 2]
          probabilities: [0.25, 0.75]
      - id: served
        kind: expr
        expr: MIN(demand, 5)
    outputs:
      - series: served
        as: served.csv
      - series: demand
        as: demand.csv
      - series: "*"
    rng:
      kind: pcg32
      seed: 42

    """

  /// What makes a template of a model.
  static let templateHead = """
    metadata:
      id: shop
      title: Shop
      version: 1.2.0

    """

  static let newest = """
    schemaVersion: 1
    grid:
      bins: 3
      binSize: 60
      binUnit: minutes
      start: 2025-01-01T00:00:00Z
    classes:
      - id: gold
      - id: basic
    traffic:
      arrivals:
        - nodeId: Desk
          classId: gold
          pattern:
            kind: constant
            ratePerBin: 5
    nodes:
      - id: demand
        kind: const
        values: [10, 20, 30]
      - id: staff_hours
        kind: const
        values: [15, 15, 15]
      - id: done
        kind: expr
        expr: MIN(demand, staff_hours)
      - id: lost
        kind: expr
        expr: demand - done
      - id: chance
        kind: pmf
        pmf: {values: [1, 2], probabilities: [0.25, 0.75]}
      - id: waiting
        kind: serviceWithBuffer
        inflow: demand
        outflow: done
        loss: lost
      - id: split
        kind: router
        inputs:
          queue: done
        routes:
          - target: fast
            classes: [gold]
          - target: slow
            weight: 2
      - id: fast
        kind: expr
        expr: "0"
      - id: slow
        kind: expr
        expr: "0"
    outputs:
      - series: done
        as: done.csv
      - series: "*"
    topology:
      nodes:
        - id: Desk
          kind: serviceWithBuffer
          constraints: [crew]
          semantics:
            arrivals: demand
            served: done
            queueDepth: waiting
            parallelism: 2
            retryKernel: [0, 0.5]
          dispatchSchedule:
            kind: time-based
            periodBins: 4
            phaseOffset: 1
            capacitySeries: staff_hours
          wipLimit: 50
          wipOverflow: loss
        - id: Till
          kind: service
          semantics:
            arrivals: series:done@gold
            served: fast
            capacity: slow
        - id: Bank
          kind: dependency
          semantics:
            arrivals: file:calls.csv
            served: slow
        - id: Street
          kind: sink
          semantics:
            arrivals: fast
            served: fast
      edges:
        - from: Desk:out
          to: Till
          type: throughput
          measure: served
        - from: Till
          to: Street
      constraints:
        - id: crew
          semantics:
            arrivals: demand
            served: staff_hours

    """

  static let template = """
    metadata:
      id: bakery
    parameters:
      - name: bins
        type: integer
        default: 3
        min: 1
        max: 10
      - name: pattern
        type: array
        default: [1, 2, 3]
        min: 0
      - name: size
        type: string
        default: small
        enum: [small, large]
    grid:
      bins: ${bins}
      binSize: 1
      binUnit: hours
    nodes:
      - id: orders
        kind: const
        values: ${pattern}
      - id: baked
        kind: expr
        expr: MIN(orders, 5)
    outputs:
      - series: baked
        as: baked.csv
        description: A ${size} oven
      - series: "*"

    """

  private static func changed(_ base: String, _ edits: [Edit]) -> String {
    var text = base
    for edit in edits {
      let pieces = text.split(separator: edit.line, omittingEmptySubsequences: false)
      precondition(pieces.count == 2, "'\(edit.line)' stands \(pieces.count - 1) times in the base")
      text = pieces.joined(separator: edit.instead)
    }
    return text
  }
}

/// A finding without its wording.
struct Found: Hashable, CustomStringConvertible {
  let code: String
  let range: ByteRange
  let excerpt: String

  init(_ code: String, _ range: ByteRange, in text: SourceText) {
    self.code = code
    self.range = range
    excerpt = MarkedText.excerpt(of: text, range)
  }

  var description: String { "\(code) at \(excerpt.debugDescription)" }
}

extension RuleCase {
  /// The findings about a text that stands by itself, without those that are no matter here.
  private func findings(_ text: SourceText, in document: Document) -> [Diagnostic] {
    let all =
      switch document {
      case .template: TemplateDocument(text).render(JSONObject(), for: .inspection).diagnostics
      case .model, .both: ModelReading(text).diagnostics
      }
    return all.filter { !others.contains($0.code.rawValue) }
  }

  /// The findings are those of the case, each is worded as findings are, and each fix mends its own.
  func check(sourceLocation: SourceLocation = #_sourceLocation) {
    switch document {
    case .model, .template:
      check(bad, good: good, in: document, sourceLocation)
    case .both:
      let metadata = RuleCase.templateHead
      check(bad, good: good, in: .model, sourceLocation)
      check(metadata + bad, good: metadata + good, in: .template, sourceLocation)
    }
  }

  private func check(
    _ marked: String, good: String, in document: Document, _ place: SourceLocation
  ) {
    let bad = MarkedText(marked)
    let diagnostics = findings(bad.text, in: document)
    #expect(
      diagnostics.map { Found($0.code.rawValue, $0.range, in: bad.text) }
        == bad.ranges.map { Found(code, $0, in: bad.text) },
      "as a \(document.rawValue)", sourceLocation: place)
    for diagnostic in diagnostics {
      let message = diagnostic.message
      #expect(!message.isEmpty && !message.hasSuffix("."), "\(message)", sourceLocation: place)
      #expect(!message.utf8.contains(0x0A), "\(message)", sourceLocation: place)
    }
    #expect(
      diagnostics.flatMap { $0.fixIts.map(\.title) } == fixes, "as a \(document.rawValue)",
      sourceLocation: place)
    for fix in diagnostics.flatMap(\.fixIts) {
      guard let mended = bad.text.applying(fix.edits) else {
        Issue.record("'\(fix.title)' cannot be applied", sourceLocation: place)
        continue
      }
      let left = findings(mended, in: document)
      #expect(
        left.count == diagnostics.count - 1, "after '\(fix.title)': \(mended.string)\n\(left)",
        sourceLocation: place)
    }
    let neighbour = findings(SourceText(good), in: document)
    #expect(neighbour == [], "the good neighbour:\n\(good)", sourceLocation: place)
  }
}
