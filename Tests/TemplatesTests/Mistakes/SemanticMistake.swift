import Source
import TestSupport
import YAML

/// A template in which one thing is wrong, and what should be said of it.
struct SemanticMistake {
  enum Kind: String, CaseIterable {
    case misspeltKey, misspeltReference, misspeltName, misspeltFunction, misspeltParameter
    case misspeltWord, brokenReference, wrongType, outOfRange, wrongArity, duplicateID
    case missingKey
  }

  let kind: Kind
  let template: String
  let text: SourceText
  /// The first finding must overlap one of these.
  let mistaken: [ByteRange]
  /// The codes that are right; more than one where they are equally right.
  let codes: [String]
  /// What was done, for people.
  let story: String

  func isCovered(by range: ByteRange) -> Bool {
    mistaken.contains {
      range.isEmpty || $0.isEmpty
        ? range.start <= $0.end && $0.start <= range.end
        : range.start < $0.end && $0.start < range.end
    }
  }
}

/// Makes mistakes of each kind at any place of a template where they can be made.
struct MistakeMaker {
  let original: TemplateText
  var random: SplitMix64

  /// - Returns: nil where what was drawn is no mistake, or the template has no place for one of that kind.
  mutating func make(_ kind: SemanticMistake.Kind) -> SemanticMistake? {
    switch kind {
    case .misspeltKey: misspeltKey()
    case .misspeltReference: reference(isNear: true)
    case .misspeltName: misspeltName()
    case .misspeltFunction: misspeltFunction()
    case .misspeltParameter: misspeltParameter()
    case .misspeltWord: misspeltWord()
    case .brokenReference: brokenReference()
    case .wrongType: wrongType()
    case .outOfRange: outOfRange()
    case .wrongArity: wrongArity()
    case .duplicateID: duplicateID()
    case .missingKey: missingKey()
    }
  }
}

// MARK: - Misspelt

extension MistakeMaker {
  private mutating func misspeltKey() -> SemanticMistake? {
    let places = original.places.filter {
      !$0.isItem && TemplateGrammar.keys[$0.parentPath] != nil
    }
    guard let place = places.randomElement(using: &random), let key = place.entry?.key,
      let wrong = slip(in: key, avoiding: Set(TemplateGrammar.keys[place.parentPath] ?? []))
    else { return nil }
    return replacing(key, by: wrong, .misspeltKey, ["key-unknown"])
  }

  private mutating func reference(isNear: Bool) -> SemanticMistake? {
    let places = original.places.filter { TemplateGrammar.references[$0.path] != nil }
    guard let place = places.randomElement(using: &random),
      let (namespace, code) = TemplateGrammar.references[place.path],
      let word = original.word(of: place.value)
    else { return nil }
    let name = place.value.string
    // A number, a parameter, every node, and what is no name at all.
    guard name != "*", name != "loss", !name.contains("$"), Double(name) == nil else { return nil }
    let taken = names(in: namespace).union(["self", "loss"])
    let isQueue = place.name == "queueDepth" && place.path.hasPrefix("topology.nodes[].semantics")
    if isQueue, holdsQueue(place) {
      // Any other name asks for a queue of that name.
      guard isNear, let wrong = slip(in: word, avoiding: taken) else { return nil }
      return replacing(word, by: wrong, .misspeltReference, ["queue-depth-misspelt"])
    }
    if isNear {
      guard let wrong = slip(in: word, avoiding: taken) else { return nil }
      return replacing(word, by: wrong, .misspeltReference, [code])
    }
    return replacing(word, by: stranger(), .brokenReference, [code])
  }

  private mutating func misspeltName() -> SemanticMistake? {
    let words = expressions().flatMap(\.words)
    guard let word = words.randomElement(using: &random),
      let wrong = slip(in: word, avoiding: original.nodeNames)
    else { return nil }
    return replacing(word, by: wrong, .misspeltName, ["expr-unknown-reference"])
  }

  private mutating func misspeltFunction() -> SemanticMistake? {
    let calls = expressions().flatMap(\.calls)
    guard let call = calls.randomElement(using: &random),
      let wrong = slip(in: call.function, avoiding: Set(TemplateGrammar.functions.keys))
    else { return nil }
    return replacing(call.function, by: wrong, .misspeltFunction, ["expr-function-unknown"])
  }

  private mutating func misspeltParameter() -> SemanticMistake? {
    guard let name = parameterReferences().randomElement(using: &random),
      let wrong = slip(in: name, avoiding: Set(original.ids["parameters"] ?? []))
    else { return nil }
    return replacing(name, by: wrong, .misspeltParameter, ["placeholder-undeclared"])
  }

  private mutating func misspeltWord() -> SemanticMistake? {
    let places = original.places.filter {
      TemplateGrammar.words[$0.path] != nil
        || ($0.path == "parameters[].default" && isEnumerated($0))
    }
    guard let place = places.randomElement(using: &random),
      let word = original.word(of: place.value), !place.value.string.contains("$")
    else { return nil }
    if place.path == "parameters[].default" {
      guard let wrong = slip(in: word, avoiding: []) else { return nil }
      return replacing(word, by: wrong, .misspeltWord, ["parameter-default-invalid"])
    }
    guard let (words, code) = TemplateGrammar.words[place.path] else { return nil }
    var avoided = Set(words)
    // Read in any case.
    if ["generator", "mode", "window.timezone", "nodes[].profile.name"].contains(place.path) {
      avoided.formUnion(words.map { $0.uppercased() })
    }
    guard let wrong = slip(in: word, avoiding: avoided) else { return nil }
    if place.path == "generator", wrong.hasPrefix("flowtime-sim") { return nil }
    // The set is open: a short word with another letter in it is another word.
    if place.path == "topology.nodes[].kind", wrong.count < 5 {
      guard wrong.sorted() == place.value.string.sorted() || wrong.count != word.count else {
        return nil
      }
    }
    return replacing(word, by: wrong, .misspeltWord, [code])
  }

  /// Whether the default is one of an `enum`.
  private func isEnumerated(_ place: TemplateText.Place) -> Bool {
    original.node(at: place.steps.dropLast() + [.key("enum")]) != nil
  }

  /// One slip of the keyboard in a word of letters: two swapped, one left out, doubled or mistaken.
  ///
  /// - Returns: nil where it gives a name that is there.
  private mutating func slip(in range: ByteRange, avoiding taken: Set<String>) -> String? {
    var bytes = Array(original.text.bytes[range.start..<range.end])
    guard bytes.count >= 2 else { return nil }
    func isLetter(_ byte: UInt8) -> Bool { byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }
    let letters = bytes.indices.filter { isLetter(bytes[$0]) }
    guard let place = letters.randomElement(using: &random) else { return nil }
    switch Int.random(in: 0..<4, using: &random) {
    case 0:
      guard place + 1 < bytes.count, isLetter(bytes[place + 1]) else { return nil }
      bytes.swapAt(place, place + 1)
    case 1: bytes.remove(at: place)
    case 2: bytes.insert(bytes[place], at: place)
    default:
      let other = UInt8.random(in: 0x61...0x7A, using: &random)
      bytes[place] = bytes[place] & 0x20 == 0 ? other & ~0x20 : other
    }
    guard let first = bytes.first, isLetter(first) else { return nil }
    let wrong = String(decoding: bytes, as: UTF8.self)
    return wrong == original.text.string(in: range) || taken.contains(wrong) ? nil : wrong
  }
}

// MARK: - Broken

extension MistakeMaker {
  /// Somewhere: a reference, a name in an expression, or a parameter.
  private mutating func brokenReference() -> SemanticMistake? {
    switch Int.random(in: 0..<4, using: &random) {
    case 0:
      guard let word = expressions().flatMap(\.words).randomElement(using: &random) else {
        return nil
      }
      return replacing(word, by: stranger(), .brokenReference, ["expr-unknown-reference"])
    case 1:
      guard let name = parameterReferences().randomElement(using: &random) else { return nil }
      return replacing(name, by: stranger(), .brokenReference, ["placeholder-undeclared"])
    default: return reference(isNear: false)
    }
  }

  /// A name that is near to none.
  private mutating func stranger() -> String {
    let letters = (0..<9).map { _ in UInt8.random(in: 0x61...0x7A, using: &random) }
    return "zz_" + String(decoding: letters, as: UTF8.self)
  }

  private func names(in namespace: TemplateGrammar.Namespace) -> Set<String> {
    switch namespace {
    case .nodes: original.nodeNames
    case .topologyNodes: Set(original.ids["topology.nodes"] ?? [])
    case .classes: Set(original.ids["classes"] ?? [])
    case .constraints: Set(original.ids["topology.constraints"] ?? [])
    case .nodesOfBothKinds: original.nodeNames.union(original.ids["topology.nodes"] ?? [])
    }
  }

  private func expressions() -> [ExpressionText] {
    original.places.filter { $0.path == "nodes[].expr" }.map {
      ExpressionText($0.value.range, in: original.text)
    }
  }

  /// Names in `${…}` outside of what is not substituted.
  private func parameterReferences() -> [ByteRange] {
    original.places.filter {
      $0.value.kind == .scalar && !$0.path.hasPrefix("parameters") && !$0.path.hasPrefix("metadata")
    }.flatMap { original.references(in: $0.value.range) }
  }
}

// MARK: - Wrong values

extension MistakeMaker {
  private mutating func wrongType() -> SemanticMistake? {
    guard let place = original.places.randomElement(using: &random) else { return nil }
    let isText = TemplateGrammar.forms[place.path] == nil
    let isKnown =
      TemplateGrammar.forms[place.path] != nil
      || (place.isItem
        ? TemplateGrammar.keys[place.path] != nil
          || TemplateGrammar.forms[String(place.path.dropLast(2))] == .list
        : TemplateGrammar.keys[place.parentPath] != nil)
    guard isKnown, !place.value.range.isEmpty else { return nil }
    // Without quotes, so that nothing else is in the way.
    let range = place.value.range
    var codes = [TemplateGrammar.formCodes[place.path] ?? "value-type"]
    let choices: [String]
    switch TemplateGrammar.forms[place.path] {
    case .mapping: choices = ["[1, 2]", "7", "many"]
    case .list: choices = ["7", "many", "{a: 1}"]
    case .number: choices = ["many", "[1, 2]", "{a: 1}"]
    case .text:
      choices = ["[1, 2]", "{a: 1}"]
    case nil:
      if place.isItem, TemplateGrammar.keys[place.path] != nil {
        choices = ["7", "many", "[1, 2]"]
      } else if place.path == "parameters[].default" {
        // Of the parameter's own type.
        switch place.beside["type"] {
        case "array": choices = ["7", "many", "{a: 1}"]
        case "string": choices = ["7", "[1, 2]"]
        default: choices = ["many", "[1, 2]"]
        }
      } else {
        choices = ["[1, 2]", "{a: 1}"]
      }
    }
    guard let wrong = choices.randomElement(using: &random) else { return nil }
    // A list of numbers is a list of texts as well.
    if isText, TemplateGrammar.forms[place.path] == .list { return nil }
    // Both rules look at the key, and the number is what is wrong with it.
    if place.path == "parameters[].default", place.beside["type"] == "array", wrong == "{a: 1}" {
      codes.append("value-type")
    }
    return replacing(range, by: wrong, .wrongType, codes)
  }

  private mutating func outOfRange() -> SemanticMistake? {
    // The kinds of places, so that rare ones come up as often as common ones.
    switch Int.random(in: 0..<5, using: &random) {
    case 0: return parameterOutOfRange()
    case 1: return argumentOutOfRange()
    case 2: return nameOutOfForm()
    default:
      let places = original.places.filter { TemplateGrammar.outliers[$0.path] != nil }
      guard let path = Set(places.map(\.path)).sorted().randomElement(using: &random),
        let place = places.filter({ $0.path == path }).randomElement(using: &random),
        let (text, code) = TemplateGrammar.outliers[path]?.randomElement(using: &random)
      else { return nil }
      if path == "topology.nodes[].semantics.parallelism", Double(place.value.string) == nil {
        return nil
      }
      // The sum belongs to the whole list.
      if code == "pmf-probabilities-sum", let list = original.node(at: place.steps.dropLast()) {
        let grown = ByteRange(
          list.node.range.start, list.node.range.end + text.utf8.count - place.value.range.count)
        return replacing(place.value.range, by: text, .outOfRange, [code], mistaken: [grown])
      }
      return replacing(place.value.range, by: text, .outOfRange, [code])
    }
  }

  /// A blank in a name, or a sign after it; those who refer to it have it as it should be.
  private mutating func nameOutOfForm() -> SemanticMistake? {
    let places = original.places.filter { TemplateGrammar.namesOfForm[$0.path] != nil }
    guard let path = Set(places.map(\.path)).sorted().randomElement(using: &random),
      let place = places.filter({ $0.path == path }).randomElement(using: &random),
      let word = original.word(of: place.value), let code = TemplateGrammar.namesOfForm[path]
    else { return nil }
    let name = place.value.string
    let wrong =
      name.contains("_") && Bool.random(using: &random)
      ? name.replacing("_", with: " ", maxReplacements: 1)
      : ["+", "."].randomElement(using: &random).map { name + $0 }
    return wrong.flatMap { replacing(word, by: $0, .outOfRange, [code]) }
  }

  /// A default beyond its bounds, or bounds that leave no room.
  private mutating func parameterOutOfRange() -> SemanticMistake? {
    let places = original.places.filter {
      ["parameters[].min", "parameters[].max"].contains($0.path)
    }
    guard let place = places.randomElement(using: &random), let bound = Double(place.value.string)
    else { return nil }
    let isLow = place.name == "min"
    let beyond = String(Int(isLow ? bound.rounded(.down) - 1 : bound.rounded(.up) + 1))
    let parent = Array(place.steps.dropLast())
    if Bool.random(using: &random) {
      guard let other = original.node(at: parent + [.key(isLow ? "max" : "min")]) else {
        return nil
      }
      // The bound goes beyond the other; either of the two may be the wrong one.
      guard let limit = Double(other.node.string) else { return nil }
      let text = String(Int(isLow ? limit.rounded(.up) + 1 : limit.rounded(.down) - 1))
      let growth = text.utf8.count - place.value.range.count
      let shift = other.node.range.start > place.value.range.start ? growth : 0
      return replacing(
        place.value.range, by: text, .outOfRange, ["parameter-bounds-inverted"],
        mistaken: [
          ByteRange(place.value.range.start, place.value.range.end + growth),
          ByteRange(other.node.range.start + shift, other.node.range.end + shift),
        ])
    }
    guard let value = original.node(at: parent + [.key("default")])?.node else { return nil }
    let target = value.kind == .sequence ? value.items.randomElement(using: &random) : value
    guard let target else { return nil }
    return replacing(target.range, by: beyond, .outOfRange, ["parameter-default-invalid"])
  }

  /// A lag that is no whole number, a period of no bins.
  private mutating func argumentOutOfRange() -> SemanticMistake? {
    let calls = expressions().flatMap(\.calls)
    guard let call = calls.randomElement(using: &random) else { return nil }
    switch original.text.string(in: call.function) {
    case "SHIFT" where call.arguments.count == 2:
      return replacing(call.arguments[1], by: "0.5", .outOfRange, ["expr-shift-lag"])
    case "PULSE" where !call.arguments.isEmpty:
      return replacing(call.arguments[0], by: "0", .outOfRange, ["expr-pulse-literal"])
    default: return nil
    }
  }

  private mutating func wrongArity() -> SemanticMistake? {
    let calls = expressions().flatMap(\.calls)
    guard let call = calls.randomElement(using: &random),
      let counts = TemplateGrammar.functions[original.text.string(in: call.function)],
      let last = call.arguments.last
    else { return nil }
    if Bool.random(using: &random) {
      let more = counts.upperBound + 1 - call.arguments.count
      guard more > 0 else { return nil }
      let added = String(repeating: ", 1", count: more)
      return replacing(
        ByteRange(at: last.end), by: added, .wrongArity, ["expr-arity"],
        mistaken: [ByteRange(call.range.start, call.range.end + added.utf8.count)])
    }
    guard call.arguments.count == counts.lowerBound,
      let index = call.arguments.indices.randomElement(using: &random)
    else { return nil }
    let dropped =
      if index + 1 < call.arguments.count {
        ByteRange(call.arguments[index].start, call.arguments[index + 1].start)
      } else if index > 0 {
        ByteRange(call.arguments[index - 1].end, call.arguments[index].end)
      } else {
        call.arguments[index]
      }
    return replacing(
      dropped, by: "", .wrongArity, ["expr-arity"],
      mistaken: [ByteRange(call.range.start, call.range.end - dropped.count)])
  }
}

// MARK: - Twice, and not at all

extension MistakeMaker {
  private mutating func duplicateID() -> SemanticMistake? {
    let lists = TemplateGrammar.ids.keys.sorted().filter { !(original.ids[$0] ?? []).isEmpty }
    guard let list = lists.randomElement(using: &random), let id = TemplateGrammar.ids[list] else {
      return nil
    }
    let places = original.places.filter { $0.path == "\(list)[].\(id.key)" }
    guard let place = places.randomElement(using: &random) else { return nil }
    if Bool.random(using: &random) {
      guard let item = original.node(at: place.steps.dropLast())?.node else { return nil }
      return copying(item, id: place.value.range, id.code)
    }
    // The id of another item, written over its own.
    guard let other = places.randomElement(using: &random), other.value.range != place.value.range
    else { return nil }
    let growth = other.value.range.count - place.value.range.count
    let shift = other.value.range.start > place.value.range.start ? growth : 0
    return replacing(
      place.value.range, by: original.text.string(in: other.value.range), .duplicateID, [id.code],
      mistaken: [
        ByteRange(place.value.range.start, place.value.range.end + growth),
        ByteRange(other.value.range.start + shift, other.value.range.end + shift),
      ])
  }

  /// The lines of an item once more, after it.
  private func copying(_ item: YAMLNode, id: ByteRange, _ code: String) -> SemanticMistake? {
    let bytes = original.text.bytes
    guard let start = bytes[..<item.range.start].lastIndex(of: 0x0A).map({ $0 + 1 }),
      let end = bytes[item.range.end...].firstIndex(of: 0x0A).map({ $0 + 1 })
    else { return nil }
    let length = end - start
    return replacing(
      ByteRange(at: end), by: original.text.string(in: ByteRange(start, end)), .duplicateID, [code],
      mistaken: [id, ByteRange(id.start + length, id.end + length)])
  }

  private mutating func missingKey() -> SemanticMistake? {
    // Each kind of key equally often: those of the head would hardly come up otherwise.
    let places = original.places.filter {
      TemplateGrammar.required[$0.path] != nil || isSemantics($0)
    }
    guard let path = Set(places.map(\.path)).sorted().randomElement(using: &random),
      let place = places.filter({ $0.path == path }).randomElement(using: &random),
      let entry = place.entry, let codes = codes(ofMissing: place)
    else { return nil }
    let edit = original.tree.removal(ofEntry: entry.index, in: entry.mapping)
    guard let text = original.text.applying([edit]) else { return nil }
    let changed = TemplateText(original.name, text)
    var mistaken: [ByteRange] = []
    let parent = place.steps.dropLast()
    if let (key, mapping) = changed.node(at: parent) {
      if parent.isEmpty {
        // The start of the document: a whole template would be anywhere.
        mistaken = [ByteRange(at: mapping.range.start)]
      } else {
        if let key { mistaken.append(key) }
        if mapping.entries.isEmpty { mistaken.append(mapping.range) }
        for entry in mapping.entries {
          mistaken.append(entry.key.range)
          if entry.value.kind == .scalar { mistaken.append(entry.value.range) }
        }
      }
    }
    return SemanticMistake(
      kind: .missingKey, template: original.name, text: text, mistaken: mistaken, codes: codes,
      story: "without \(place.path) at \(place.steps)")
  }

  private func isSemantics(_ place: TemplateText.Place) -> Bool {
    ["topology.nodes[].semantics.arrivals", "topology.nodes[].semantics.served"].contains(
      place.path)
  }

  /// - Returns: nil where the key need not be there.
  private func codes(ofMissing place: TemplateText.Place) -> [String]? {
    if let code = TemplateGrammar.required[place.path] {
      switch place.path {
      case "metadata":
        // Each of the three is missing.
        return [code, "metadata-title-missing", "metadata-version-missing"]
      case "topology.edges":
        return (original.ids["topology.nodes"] ?? []).count > 1 ? [code] : nil
      case "topology.constraints[].semantics":
        // Each of the two is missing.
        return [code, "constraint-served-missing"]
      case "nodes[].routes[].classes" where place.beside["weight"] != nil: return nil
      case "nodes[].profile.name" where place.beside["kind"] == "inline": return nil
      case "traffic.arrivals[].pattern.ratePerBin" where place.beside["kind"] != "constant":
        return nil
      default: return [code]
      }
    }
    let kind = original.node(at: place.steps.dropLast(2) + [.key("kind")])?.node.string ?? ""
    let depth = place.beside["queueDepth"] ?? "self"
    let isQueueMade =
      ["serviceWithBuffer", "queue", "dlq"].contains(kind) && (depth == "self" || depth.isEmpty)
    switch (place.name, kind) {
    case ("arrivals", "sink"): return ["sink-arrivals-required"]
    case ("served", "sink"): return nil
    case (_, "dependency"): return ["dependency-arrivals-served-required"]
    case ("arrivals", _) where isQueueMade: return ["queue-arrivals-required"]
    case ("arrivals", _): return ["semantics-arrivals-required"]
    case (_, _) where isQueueMade:
      return place.beside["capacity"] == nil ? ["queue-outflow-required"] : nil
    default: return place.beside["queueDepth"] == nil ? ["semantics-served-or-queue-required"] : nil
    }
  }

  private func holdsQueue(_ place: TemplateText.Place) -> Bool {
    let kind = original.node(at: place.steps.dropLast(2) + [.key("kind")])?.node.string ?? ""
    return ["serviceWithBuffer", "queue", "dlq"].contains(kind)
  }

  private func replacing(
    _ range: ByteRange, by text: String, _ kind: SemanticMistake.Kind, _ codes: [String],
    mistaken: [ByteRange]? = nil
  ) -> SemanticMistake? {
    guard let changed = original.text.applying([TextEdit(range, text)]) else { return nil }
    let line = original.text.bytes[..<range.start].count { $0 == 0x0A } + 1
    return SemanticMistake(
      kind: kind, template: original.name, text: changed,
      mistaken: mistaken ?? [ByteRange(range.start, range.start + text.utf8.count)], codes: codes,
      story: "line \(line): '\(original.text.string(in: range))' -> '\(text)'")
  }
}
