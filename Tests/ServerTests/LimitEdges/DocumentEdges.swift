import FlowModel
import JSON
import Operations
import Server
import SimMethods
import Source
import Templates

private struct Files: TemplateFiles {
  let count: Int

  func list(_ directory: String) throws(UnreadableFile) -> [String] {
    (0..<count).map { "\(directory)/\($0).yaml" }
  }

  func read(_ path: String) throws(UnreadableFile) -> [UInt8] { Array("x: 1".utf8) }
}

/// Models that are made of one template.
private struct RecentlyMade {
  private let catalog: TemplateCatalog

  init(_ limits: SimLimits) {
    let text = """
      metadata: {id: demo, title: Demo, version: "1.0.0"}
      parameters: [{name: label, type: string}, {name: number, type: number}]
      grid: {bins: 1, binSize: 1, binUnit: hours}
      nodes: [{id: a, kind: const, values: ["${number}"]}]
      outputs: [{series: a}]

      """
    catalog = TemplateCatalog(
      [TemplateCatalog.Entry(path: "demo.yaml", text: SourceText(text))],
      keeping: limits.recentModels)
  }

  var size: (count: Int, length: Int) { catalog.recentModels.size }

  /// - Returns: the bytes that all take.
  @discardableResult
  func make(label: String, number: Int) throws -> Int {
    let request = GenerateModel.Request(
      template: .id("demo"),
      parameters: ["label": .string(label), "number": .number(JSONNumber(number))])
    _ = try GenerateModel.run(
      request, in: Snapshot(catalog: catalog), issuer: FixedIdentities(at: .epoch))
    return size.length
  }
}

/// Models of lists that are made one after the other of a template, which keeps their patterns.
private struct Patterned {
  private let catalog: TemplateCatalog

  init() {
    let text = """
      metadata: {id: demo, title: Demo, version: "1.0.0"}
      parameters: [{name: bins, type: integer}, {name: list, type: array}, {name: file, type: string}]
      grid: {bins: "${bins}", binSize: 1, binUnit: hours}
      nodes: [{id: a, kind: const, values: "${list}"}]
      outputs: [{series: a, as: "${file}.csv"}]

      """
    catalog = TemplateCatalog([TemplateCatalog.Entry(path: "demo.yaml", text: SourceText(text))])
  }

  var patterns: TemplatePatterns? { catalog["demo"]?.document.patterns }
  var count: Int { patterns?.count ?? 0 }

  /// - Returns: bytes of the model.
  @discardableResult
  func make(_ list: [Int], file: String = "a") throws -> Int {
    let request = GenerateModel.Request(
      template: .id("demo"),
      parameters: [
        "bins": .number(JSONNumber(list.count)),
        "list": .array(list.map { .number(JSONNumber($0)) }), "file": .string(file),
      ])
    let made = try GenerateModel.run(
      request, in: Snapshot(catalog: catalog), issuer: FixedIdentities(at: .epoch))
    return made.model.count
  }
}

/// Bounds of what a connection has open, of template files, of what is kept of them, and of the log.
let documentEdges: [LimitEdge] = [
  LimitEdge("openDocumentCountMax", at: 3, says: "(openDocumentCountMax 3") { limits, count in
    said(limits, [initialize] + (1...count).map { didOpen("\($0)", "") })
  },
  LimitEdge("openDocumentLengthMax", at: 30, says: "openDocumentLengthMax 30)") { limits, count in
    let text = String(repeating: "#", count: count - 20)
    return said(
      limits, [initialize, didOpen("a", String(repeating: "#", count: 20)), didOpen("b", text)])
  },
  LimitEdge(
    "templateFileCountMax", at: 3,
    says: "t: only the first 3 of 4 templates are read (templateFileCountMax)"
  ) { limits, count in
    var log = ""
    let catalog = TemplateCatalog.load(
      from: ["t"], Files(count: count), fileCountMax: limits.templateFileCountMax
    ) { log += $0 }
    return "\(catalog.entries.count) are read. \(log)"
  },
  LimitEdge("logBufferLengthMax", at: 30, says: "1 left out") { limits, count in
    var buffer = LogBuffer(lengthMax: limits.server.logBufferLengthMax)
    for length in [10, count - 10] {
      _ = buffer.add([UInt8](repeating: 0x0A, count: length))
    }
    let (lines, omittedCount) = buffer.take()
    return "\(lines.count) bytes, \(omittedCount) left out"
  },
  LimitEdge("recentModelCountMax", at: 3, says: "the first is gone") { limits, count in
    let made = RecentlyMade(limits)
    for number in 0..<count { try made.make(label: "", number: number) }
    return made.size.count < count ? "the first is gone" : "all are kept"
  },
  LimitEdge("recentModelLengthMax", at: 100_000, says: "the first is gone") { limits, count in
    let made = RecentlyMade(limits)
    let length = try RecentlyMade(SimLimits()).make(label: "", number: 1)
    // Each byte of a label counts twice, and each digit once.
    for (index, room) in [20_000, 20_000, 20_000, 20_000, count - 80_000].enumerated() {
      let rest = room - length
      let filler = String(repeating: "x", count: rest / 2 - 1)
      try made.make(label: "\(index)\(filler)", number: rest % 2 == 0 ? 1 : 10)
    }
    return made.size.count < 5 ? "the first is gone" : "\(made.size.length) bytes are kept"
  },
  LimitEdge("modelPatternCountMax", says: "the first is gone") { _, count in
    let patterned = Patterned()
    for number in 1...count { try patterned.make(Array(repeating: 1, count: number)) }
    return patterned.count < count ? "the first is gone" : "all are kept"
  },
  LimitEdge("modelPatternLengthMax", says: "none is kept") { _, count in
    // Of twelve digits each, some of which become thirteen.
    var list = [Int](repeating: 100_000_000_000, count: 9_300)
    let length = try Patterned().make(list)
    for place in 0..<(count - length) { list[place] *= 10 }
    let patterned = Patterned()
    try patterned.make(list)
    return patterned.count == 0 ? "none is kept" : "one is kept"
  },
  LimitEdge("modelPatternTotalLengthMax", at: 400, .passed, says: "the first is gone") { _, count in
    let made = (Patterned(), Patterned())
    let length = try made.0.make([1])
    try made.1.make([1], file: String(repeating: "a", count: count - 2 * length + 1))
    let shelf = PatternShelf(lengthMax: 400)
    for patterns in [made.0.patterns, made.1.patterns].compactMap(\.self) { shelf.add(patterns) }
    return made.0.count == 0 && made.1.count == 1 ? "the first is gone" : "both are kept"
  },
]
