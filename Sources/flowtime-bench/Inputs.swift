import FlowModel
import JSON
import Operations
import Platform
import Source
import Templates

/// What is measured on: the bundled templates, and texts that are made the same in every run.
struct Inputs {
  struct Template {
    let id: String
    let text: SourceText
  }

  /// Sorted by id.
  let bundled: [Template]
  let snapshot: Snapshot
  let small = Template(id: "small", text: SourceText(Inputs.smallTemplate))
  let largeTemplate = SourceText(Inputs.template(nodeCount: 2_000, binCount: 100))
  let largeModel = SourceText(Inputs.model(nodeCount: 2_000, binCount: 100))
  /// Of the newest level, by their numbers of nodes; each tenfold the one before.
  let topologies: [Template]
  let smallJSON: [UInt8]
  let largeJSON: [UInt8]

  init(templates directory: String) throws(Failure) {
    var entries: [TemplateCatalog.Entry] = []
    do {
      for name in try FileSystem.listDirectory(directory) where name.hasSuffix(".yaml") {
        let bytes = try FileSystem.readFile(directory + "/" + name, lengthMax: 1 << 20)
        entries.append(TemplateCatalog.Entry(path: name, text: SourceText(bytes)))
      }
    } catch let error as SystemError {
      throw Failure(error.message)
    } catch let error as FileFailure {
      throw Failure(error.message)
    } catch {
      throw Failure("\(error)")
    }
    guard !entries.isEmpty else { throw Failure("'\(directory)' holds no templates") }
    let catalog = TemplateCatalog(entries)
    bundled = catalog.entries.map { Template(id: $0.id.text, text: $0.document.text) }
    topologies = [300, 3_000, 30_000].map {
      Template(id: "nodes-\($0)", text: SourceText(TopologyTemplate.text(nodeCount: $0)))
    }
    entries += topologies.map { TemplateCatalog.Entry(path: $0.id + ".yaml", text: $0.text) }
    snapshot = Snapshot(catalog: TemplateCatalog(entries))
    smallJSON = Inputs.json(itemCount: 10)
    largeJSON = Inputs.json(itemCount: 5_000)
  }

  /// See ``WarmGeneration/values(for:)``.
  func changedValues(for id: String) -> [JSONObject] {
    snapshot.catalog[id].map { WarmGeneration.values(for: $0.document) } ?? [JSONObject()]
  }

  func warmGeneration(of template: Template) -> WarmGeneration {
    WarmGeneration(of: template.id, TemplateDocument(template.text), in: snapshot)
  }

  /// The smallest of what people write: one parameter, one node.
  private static let smallTemplate = """
    schemaVersion: 1
    metadata: {id: small, title: Small, version: "1.0"}
    parameters:
      - {name: rate, type: number, default: 1.5, min: 0}
    grid: {bins: 3, binSize: 1, binUnit: hours}
    nodes:
      - id: demand
        kind: const
        values: [1, "${rate}", 2]
    outputs:
      - series: demand
        as: demand.csv

    """

  /// A model with as many `const` as `expr` nodes.
  private static func model(nodeCount: Int, binCount: Int) -> String {
    var random = Random()
    var text =
      "schemaVersion: 1\ngrid:\n  bins: \(binCount)\n  binSize: 5\n  binUnit: minutes\nnodes:\n"
    for node in 0..<(nodeCount / 2) {
      let values = (0..<binCount).map { _ in "\(random.next() % 1000).\(random.next() % 10)" }
      text +=
        "  - id: demand_\(node)\n    kind: const\n    values: [\(values.joined(separator: ", "))]\n"
      text += "  - id: served_\(node)\n    kind: expr\n"
      text += "    expr: \"MIN(demand_\(node), \(random.next() % 500)) * 0.9\" # what passes\n"
    }
    text += "outputs:\n"
    for node in 0..<(nodeCount / 2) {
      text += "  - series: served_\(node)\n    as: served_\(node).csv\n"
    }
    return text
  }

  /// A template of the same size, with a reference in each `expr` node.
  static func template(id: String = "large", nodeCount: Int, binCount: Int) -> String {
    let start = """
      metadata: {id: \(id), title: Large}
      parameters:
        - {name: share, type: number, default: 0.9, min: 0, max: 1}

      """
    return start
      + model(nodeCount: nodeCount, binCount: binCount).replacing("* 0.9", with: "* ${share}")
  }

  /// Records as an API returns them, about 200 bytes each.
  private static func json(itemCount: Int) -> [UInt8] {
    var random = Random()
    let items = (0..<itemCount).map { item -> JSONValue in
      [
        "id": .number(JSONNumber(item)), "name": .string("series \(random.next() % 100_000)"),
        "share": JSONNumber(Double(random.next() % 100_000) / 1_000).map(JSONValue.number) ?? .null,
        "isActive": .bool(random.next() % 2 == 0), "note": "a line\nwith \"quotes\" and é",
        "values": .array((0..<10).map { _ in .number(JSONNumber(Int(random.next() % 1_000))) }),
        "parent": .null,
      ]
    }
    return JSONValue.array(items).serialized()
  }
}

/// A sequence of numbers that is the same in every run: a linear congruential generator with the constants of PCG.
struct Random {
  private var state: UInt64 = 0x853C_49E6_748F_EA9B

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state >> 33
  }
}
