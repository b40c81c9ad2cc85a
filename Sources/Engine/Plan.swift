package import FlowModel
package import Source

/// A model made ready to be evaluated any number of times.
package struct Plan: Sendable {
  /// The grid as the model has it.
  package struct Grid: Hashable, Sendable {
    package let bins: Int
    package let binSize: Int
    package let binUnit: String
  }

  /// A class as the model declares it.
  package struct EntityClass: Hashable, Sendable {
    package let id: String
    package let displayName: String
    package let description: String
  }

  /// A column that may be written, and the class it is of.
  struct Output: Sendable {
    let id: String
    let column: String
    let className: String?
    let kind: SeriesKind
    let place: Int
  }

  package let grid: Grid
  package let classes: [EntityClass]
  let columnCount: Int
  /// How many numbers an evaluation has; at most ``EngineLimits/valueCountMax``.
  package var valueCount: Int { columnCount * grid.bins }
  /// In the order in which they are carried out.
  let instructions: [Instruction]
  let groups: [Order.Group]
  let kernels: [Double]
  /// What is in columns before anything is carried out: the same number in all bins, or a list from the first bin on.
  let fills: [(column: Int, value: Double)]
  let lists: [(column: Int, values: [Double])]
  let outputs: [Output]
  /// The nodes of the model in its order, and where their numbers are.
  let nodes: [(id: String, column: Int)]
  let checks: [NodeCheck]

  /// Reads a model as a file has it, and orders what it says.
  ///
  /// - Returns: the plan, nil where there are errors; and everything found, sorted.
  package static func compile(
    _ document: ModelDocument, layout: KeyLayout = .file, limits: EngineLimits = EngineLimits()
  ) -> (plan: Plan?, findings: [Diagnostic]) {
    var findings = document.findings
    guard let root = document.root else { return (nil, findings.sorted) }
    var reader = DataReader(meaning: EngineMeaning())
    let data = reader.read(root)
    findings.add(contentsOf: reader.findings)
    guard !findings.hasErrors else { return (nil, findings.sorted) }
    var compiler = Compiler(data, layout: layout, limits: limits, findings)
    let plan = compiler.compile()
    return (plan, compiler.parts.findings.sorted)
  }
}
