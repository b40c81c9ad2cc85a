package import Source

/// Brings a document into the shape of a model: finds unknown keys and wrong types, renames old spellings.
package struct Shaper {
  package let origin: ModelView.Origin
  package var findings = Findings()
  /// Where the value being looked at stands.
  private var path = DataPath()

  /// Names of the parameters that may be referred to in the document.
  private let parameters: [ExactString]

  package init(origin: ModelView.Origin, parameters: [ExactString] = []) {
    self.origin = origin
    self.parameters = parameters
  }

  /// The value in the order and spelling of `shape`.
  ///
  /// What does not fit is reported and becomes unknown, so that rules are silent over it.
  package mutating func fit(_ node: DataNode, _ shape: Shape, at path: DataPath = DataPath())
    -> DataNode
  {
    self.path = path
    return fit(node, shape)
  }

  private mutating func fit(_ node: DataNode, _ shape: Shape) -> DataNode {
    fitted(node, shape) ?? node
  }

  /// - Returns: nil where the value fits as it is, as most do: nothing is copied then.
  private mutating func fitted(_ node: DataNode, _ shape: Shape) -> DataNode? {
    switch (shape, node.content) {
    case (_, .unknown), (_, .null), (.any, _): return nil
    case (.number, .number), (.text, .string), (.expression, .string): return nil
    case (.text, .number(let value)):
      return DataNode(.string(value.spelling), at: node.range, causes: node.causes)
    case (.text, .bool(let value)):
      return DataNode(.string(value ? "true" : "false"), at: node.range, causes: node.causes)
    case (.expression, .number(let value)):
      let term = value.expressionTerm
      return DataNode(
        .string(term), at: node.range, causes: node.causes,
        pieces: TextPieces(whole: node.range, isParameter: false, length: term.utf8.count))
    case (.sequence(let element), .sequence(let items)):
      return fitted(items, element).map {
        DataNode(.sequence($0), at: node.range, causes: node.causes)
      }
    case (.mapping(let keys, let isOpen), .mapping(let entries)):
      let fitted =
        keys.areOrder(of: entries, origin)
        ? fittedInOrder(entries, keys) : fit(entries, keys, isOpen: isOpen && origin == .model)
      return fitted.map { DataNode(.mapping($0), at: node.range, causes: node.causes) }
    case (.table(let element), .mapping(let entries)):
      var fitted: [DataEntry]?
      for index in entries.indices {
        guard let value = self.fitted(entries[index].value, element, under: entries[index].key)
        else { continue }
        if fitted == nil { fitted = entries }
        fitted?[index].value = value
      }
      return fitted.map { DataNode(.mapping($0), at: node.range, causes: node.causes) }
    default:
      let meant =
        findings.isLong || parameters.isEmpty
        ? nil : node.string.flatMap { ForeignReference.meant(by: $0, among: parameters) }
      findings.add(
        ValueType.self, at: node.range,
        "\(path) must be \(shape.described), not \(node.described)"
          + (meant.map { "; did you mean \(quoted($0))?" } ?? ""),
        path: path, fixIts: node.fixes(meant))
      return DataNode(.unknown, at: node.range)
    }
  }

  private mutating func fitted(_ node: DataNode, _ shape: Shape, under key: ExactString)
    -> DataNode?
  {
    path.steps.append(.key(key))
    defer { path.steps.removeLast() }
    return fitted(node, shape)
  }

  /// - Returns: nil where all items fit as they are.
  private mutating func fitted(_ items: [DataNode], _ element: Shape) -> [DataNode]? {
    var fitted: [DataNode]?
    let span = items.span
    for index in span.indices {
      if element.isKept(span[index].content), !span[index].isNull { continue }
      path.steps.append(.index(index))
      defer { path.steps.removeLast() }
      if items[index].isNull {
        let range = items[index].range
        findings.add(
          ValueType.self, at: range, "\(path) must be \(element.described), not nothing",
          path: path)
        if fitted == nil { fitted = items }
        fitted?[index] = DataNode(.unknown, at: range)
      } else if let item = self.fitted(items[index], element) {
        if fitted == nil { fitted = items }
        fitted?[index] = item
      }
    }
    return fitted
  }

  /// - Parameter keys: those of the entries and maybe others between them.
  /// - Returns: nil where all values fit as they are.
  private mutating func fittedInOrder(_ entries: [DataEntry], _ keys: [Shape.Key]) -> [DataEntry]? {
    var fitted: [DataEntry]?
    let span = entries.span
    let shapes = keys.span
    var place = 0
    for index in span.indices {
      while !shapes[place].name.isKey(span[index].key) { place += 1 }
      if shapes[place].shape.isKept(span[index].value.content) { continue }
      if let value = self.fitted(span[index].value, shapes[place].shape, under: span[index].key) {
        if fitted == nil { fitted = entries }
        fitted?[index].value = value
      }
    }
    return fitted
  }

  private mutating func fit(_ entries: [DataEntry], _ keys: [Shape.Key], isOpen: Bool)
    -> [DataEntry]
  {
    var found = [DataEntry?](repeating: nil, count: keys.count)
    // Keys that a misspelt one seems to mean: they are not missing too.
    var meant: [Int: ByteRange] = [:]
    for entry in entries {
      guard let (index, isOld) = match(entry.key, keys) else {
        if isOpen { continue }
        if let index = report(unknown: entry, among: entries, keys) {
          meant[index] = entry.keyRange
        }
        continue
      }
      let key = keys[index]
      if let other = found[index] {
        if other.key != entry.key {
          findings.add(
            KeySpelledTwice.self, at: entry.keyRange,
            "\(quoted(entry.key.text)) and \(quoted(other.key.text)) are two spellings of one key; keep one",
            path: path + entry.key, related: [Related(other.keyRange, "the other spelling")])
        }
        continue
      }
      if isOld {
        findings.add(
          KeyDeprecated.self, at: entry.keyRange,
          "\(quoted(entry.key.text)) is an old spelling of \(quoted(key.name.text))",
          path: path + entry.key,
          fixIts: [
            FixIt(
              "change to \(quoted(key.name.text))",
              [TextEdit(entry.keyRange, key.name.text, isScalar: true)])
          ])
      }
      path.steps.append(.key(entry.key))
      found[index] = DataEntry(
        key: entry.key, keyRange: entry.keyRange, value: fit(entry.value, key.shape))
      path.steps.removeLast()
    }
    for (index, range) in meant where found[index] == nil {
      found[index] = DataEntry(
        key: keys[index].name, keyRange: range, value: DataNode(.unknown, at: range))
    }
    var fitted: [DataEntry] = []
    for (key, entry) in zip(keys, found) {
      guard var entry else { continue }
      entry.key = key.name
      fitted.append(entry)
    }
    return fitted
  }

  /// The key of that name, and whether the name is an old one.
  private func match(_ name: ExactString, _ keys: [Shape.Key]) -> (index: Int, isOld: Bool)? {
    for index in keys.indices where keys[index].name.isKey(name) {
      return origin == .template || !keys[index].isTemplateOnly ? (index, false) : nil
    }
    guard origin == .template else { return nil }
    for (index, key) in keys.enumerated() {
      if key.synonyms.contains(name) { return (index, false) }
      if key.oldNames.contains(name) { return (index, true) }
    }
    return nil
  }

  /// - Returns: the place of the key that seems to be meant.
  private mutating func report(
    unknown entry: DataEntry, among entries: [DataEntry], _ keys: [Shape.Key]
  ) -> Int? {
    let allowed = keys.filter { origin == .template || !$0.isTemplateOnly }
    let renamed = keys.first { $0.oldNames.contains(entry.key) }
    let near = KeyUnknown.report(
      entry.key, at: entry.keyRange, in: path, known: allowed.map(\.name.text),
      present: entries.lazy.map(\.key), meant: renamed?.name.text, &findings)
    return near.flatMap { near in keys.firstIndex { $0.name == ExactString(near) } }
  }
}

extension Shape {
  /// Whether a value that is no collection is what the shape wants; of other values nothing is said.
  fileprivate func isKept(_ content: DataNode.Content) -> Bool {
    switch (self, content) {
    case (_, .unknown), (_, .null), (.any, _), (.number, .number), (.text, .string),
      (.expression, .string):
      true
    default: false
    }
  }
}

extension [Shape.Key] {
  /// Whether the entries stand in the order of the keys, each under its own name and once.
  fileprivate func areOrder(of entries: [DataEntry], _ origin: ModelView.Origin) -> Bool {
    let keys = span
    let entries = entries.span
    var place = 0
    for index in entries.indices {
      while place < keys.count, !keys[place].name.isKey(entries[index].key) { place += 1 }
      guard place < keys.count, origin == .template || !keys[place].isTemplateOnly else {
        return false
      }
      place += 1
    }
    return true
  }
}
