package import Source

/// A model as its rules look at it: the parts they speak of, found once.
package struct ModelView: Sendable {
  /// Who wrote the text: it decides what is optional.
  package enum Origin: Hashable, Sendable {
    /// A model document: `schemaVersion` is required, outputs are not.
    case model
    /// A template after substitution: `schemaVersion` defaults to 1.
    case template
  }

  /// One item of a list that is a mapping. A class, since each rule goes through the lists anew: its parts are not copied.
  package final class Item: Sendable {
    package let index: Int
    package let value: DataNode
    /// The item's kind, if it is one of a node.
    package let kind: NodeKind?

    init(index: Int, value: DataNode, isNode: Bool) {
      self.index = index
      self.value = value
      kind = isNode ? value["kind"]?.string.flatMap { NodeKind(rawValue: $0) } : nil
    }

    /// Where to say that a key of the item is missing: its id's value, else its first key.
    var placeOfMissing: ByteRange {
      value["id"].flatMap { $0.isBlank ? nil : $0.range } ?? value.entries.first?.keyRange
        ?? value.range
    }
  }

  package let origin: Origin
  package let root: DataNode
  /// What the rules hold a topology to.
  package let mode: Mode
  /// The nodes that the author wrote. Those that were made from a topology follow them in the document; rules are silent
  /// over these, since what they are made from is looked at itself.
  package let nodes: [Item]
  /// The nodes that were made from a topology.
  package let madeNodes: [Item]
  package let outputs: [Item]
  package let classes: [Item]
  package let arrivals: [Item]
  package let topologyNodes: [Item]
  package let edges: [Item]
  package let constraints: [Item]
  /// Ids of the nodes that have one, written or made, each with the place where it is first given.
  package let nodeIDs: Names
  package let classIDs: Names
  package let topologyIDs: Names
  /// ``topologyNodes``, with what their rules ask for.
  package let topology: [TopologyNode]
  /// Written nodes by their kind.
  let consts: [Item]
  let exprs: [Item]
  let buffers: [Item]
  let routers: [Item]
  let pmfs: [Item]
  let schedules: [DispatchSchedule]
  /// The document that was read, for fixes; nil where there is none.
  package let source: ModelSource?
  /// The expressions of ``nodes``.
  package private(set) var expressions: NodeExpressions

  /// - Parameter writtenNodeCount: How many items of `nodes` the author wrote; nil for all.
  package init(
    _ root: DataNode, origin: Origin, mode: Mode = .simulation, writtenNodeCount: Int? = nil,
    source: ModelSource? = nil
  ) {
    self.root = root
    self.origin = origin
    self.mode = mode
    self.source = source
    let all = ModelView.mappings(of: root["nodes"], areNodes: true)
    let count = writtenNodeCount ?? Int.max
    nodes = all.filter { $0.index < count }
    madeNodes = all.filter { $0.index >= count }
    consts = nodes.filter { $0.kind == .const }
    exprs = nodes.filter { $0.kind == .expr }
    pmfs = nodes.filter { $0.kind == .pmf }
    buffers = nodes.filter { $0.kind == .serviceWithBuffer }
    routers = nodes.filter { $0.kind == .router }
    outputs = ModelView.mappings(of: root["outputs"])
    classes = ModelView.mappings(of: root["classes"])
    arrivals = ModelView.mappings(of: root["traffic"]?["arrivals"])
    let topology = root["topology"]
    topologyNodes = ModelView.mappings(of: topology?["nodes"])
    self.topology = ModelView.read(topologyNodes)
    edges = ModelView.mappings(of: topology?["edges"])
    constraints = ModelView.mappings(of: topology?["constraints"])
    nodeIDs = Names(
      of: all, in: root["nodes"], isRequired: true, areValid: { Identifier.isValid($0) })
    schedules =
      DispatchSchedule.all(of: nodes) { "nodes" + $0 }
      + DispatchSchedule.all(of: topologyNodes) { "topology" + "nodes" + $0 }
    classIDs = Names(
      of: classes, in: root["classes"], areValid: { ClassIDFormat.isValid($0) })
    expressions = NodeExpressions(of: nodes, nodeIDs, origin: origin)
    level = ModelView.newestKeys.contains { root.entry($0) != nil } ? .newest : .base
    topologyIDs = Names(
      of: topologyNodes, in: topology?.isUnknown == true ? topology : topology?["nodes"],
      isRequired: origin == .template ? level == .newest : topology != nil)
  }

  /// The same model with other expressions in place of some; see ``NodeExpressions/replacing(_:)``.
  func replacing(_ expressions: [NodeExpression]) -> ModelView {
    var view = self
    view.expressions = view.expressions.replacing(expressions)
    return view
  }

  /// Some node's id is not known, so that a name that is missing may be its.
  package var hasUnknownNodeID: Bool { nodeIDs.isIncomplete }

  /// Which keys the document uses.
  package let level: Level

  /// A level of the language: what is required depends on it.
  package enum Level: Hashable, Sendable {
    /// Grid, nodes and outputs.
    case base
    /// With any of ``newestKeys``.
    case newest
  }

  /// Top-level keys that only the newest level has.
  package static let newestKeys: [ExactString] = [
    "generator", "mode", "window", "classes", "traffic", "topology",
  ]

  /// Number of bins if it is known and in its range.
  package var bins: Int? {
    guard let value = root["grid"]?["bins"]?.number?.integer, GridBinsRange.range.contains(value)
    else { return nil }
    return value
  }

  /// Kinds that many nodes share are looked at once.
  private static func read(_ items: [Item]) -> [TopologyNode] {
    var kinds: [ExactString: TopologyKind.Reading] = [:]
    return items.map { item in
      let kind = TopologyNodeKind(of: item.value) { text in
        let reading = kinds[ExactString(text)] ?? TopologyKind.Reading(text)
        kinds[ExactString(text)] = reading
        return reading
      }
      return TopologyNode(item, kind: kind)
    }
  }

  private static func mappings(of list: DataNode?, areNodes: Bool = false) -> [Item] {
    let values = list?.items ?? []
    return values.indices.compactMap { index in
      guard case .mapping = values[index].content else { return nil }
      return Item(index: index, value: values[index], isNode: areNodes)
    }
  }
}

extension ModelView {
  /// Ids of the items of one list.
  package struct Names: Sendable {
    private struct Place {
      let item: Int
      let range: ByteRange
    }

    /// Where each id is first given.
    private let places: [ExactString: Place]
    /// Some id is given twice.
    let hasDuplicates: Bool
    /// Some item's id is not known, so that a name that is missing may be its.
    package let isIncomplete: Bool
    /// Distinct ids, in the order of the document.
    package let all: [ExactString]
    /// Ids that are none by their form: those who name the items may have spelt them as they should be.
    private let malformed: [String]
    /// Some id may be none by its form.
    var hasInvalid: Bool { isIncomplete || !malformed.isEmpty }

    /// - Parameters:
    ///   - isRequired: whether a list without items is blamed by a rule, which is enough.
    ///   - areValid: whether an id is one; a rule blames those that are not.
    init(
      of items: [Item], in list: DataNode?, isRequired: Bool = false,
      areValid: (String) -> Bool = { _ in true }
    ) {
      var places: [ExactString: Place] = [:]
      places.reserveCapacity(items.count)
      var all: [ExactString] = []
      var hasDuplicates = false
      var malformed: [String] = []
      var isIncomplete = list?.isUnknown ?? false
      if isRequired, items.isEmpty { isIncomplete = true }
      if let list, list.items.count != items.count { isIncomplete = true }
      for (index, item) in items.enumerated() {
        // One that is missing, broken or another's: what the item should be called is not known.
        guard let id = item.value["id"], let text = id.string.map({ ExactString($0) }), !id.isBlank
        else {
          isIncomplete = true
          continue
        }
        if let first = places.updateValue(Place(item: index, range: id.range), forKey: text) {
          places[text] = first
          hasDuplicates = true
          isIncomplete = true
        } else {
          all.append(text)
          if !areValid(text.text) { malformed.append(text.text) }
        }
      }
      self.places = places
      self.hasDuplicates = hasDuplicates
      self.all = all
      self.malformed = malformed
      self.isIncomplete = isIncomplete
    }

    /// Where an id is first given.
    package subscript(id: ExactString) -> ByteRange? { places[id]?.range }

    /// The place among the items of the first that has an id.
    func item(_ id: ExactString) -> Int? { places[id]?.item }

    /// Whether the name is an id, or may be one that is not known.
    package func mayHave(_ name: ExactString) -> Bool {
      if places[name] != nil || isIncomplete { return true }
      return !malformed.isEmpty
        && !Suggestion.near(name.text, among: malformed, countMax: 1, distanceMin: 1).isEmpty
    }

    /// In lower case, made where it is asked for.
    var lowercased: Set<ExactString> { Set(all.map(\.lowercased)) }

    /// The id that may have been meant.
    package func near(_ name: String) -> String? {
      Suggestion.only(name, among: all.lazy.map(\.text))
    }
  }
}

/// What makes a node's series. Source: docs/reference/model.md, "Keys".
package enum NodeKind: String, CaseIterable, Sendable {
  case const, expr, pmf, serviceWithBuffer, router

  /// The keys that hold the node's content, the indispensable one first; no other kind takes them.
  package var contentKeys: [ExactString] {
    switch self {
    case .const: ["values", "source"]
    case .expr: ["expr"]
    case .pmf: ["pmf", "profile"]
    case .serviceWithBuffer: ["inflow", "outflow", "loss"]
    case .router: ["inputs", "routes"]
    }
  }
}

/// What a model is for: it decides what its topology must have. Source: docs/reference/template.md, "Mode".
package enum Mode: String, CaseIterable, Sendable {
  /// The Engine computes every series.
  case simulation
  /// Series may come from measurements, so that a topology may lack some.
  case telemetry

  /// Reads a name as it is written, white space around it and case aside.
  package init?(written text: String) {
    let words = text.lowercased().split(whereSeparator: \.isWhitespace)
    guard words.count == 1 else { return nil }
    self.init(rawValue: String(words[0]))
  }
}
