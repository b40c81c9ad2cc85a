import Expressions
package import Source
import YAML

/// A model of which nothing is to be said, written once, with slots in which other values may stand.
///
/// With other values in some slots it is what would be written if all were done again: each value is looked at by what
/// its slot's ``ModelSlot/Form`` asks, and what else looks at expressions and numbers looks again. Where that finds
/// anything, there is no answer here.
package struct ModelPattern: Sendable {
  package let slots: [ModelSlot]
  /// Bytes of the model's text.
  package let length: Int
  /// The slots with what stood in them when the model was made.
  private let parts: [Part]
  private let text: CutBytes
  private let canonical: CutBytes
  /// Those of ``canonical`` with ``parts``: what stands before the first value that changes is hashed once.
  private let beginnings: [CutBytes.Beginning]
  /// The model as rules looked at it.
  private let view: ModelView
  /// Whether edges share out what a topology node serves: then a rule looks at numbers in expressions.
  private let sharesOut: Bool

  private struct Part: Sendable {
    let value: SlotValue
    let yaml: [UInt8]
    let canonical: [UInt8]
  }

  /// - Parameters:
  ///   - model: in canonical order.
  ///   - view: the same model as rules looked at it, which found nothing.
  /// - Returns: nil where a slot is not there, or holds what is not of its form.
  package init?(of model: DataNode, _ view: ModelView, slots: [ModelSlot]) {
    var parts: [Part] = []
    for slot in slots {
      guard let node = model.value(at: slot.path), let value = SlotValue(node, as: slot.form) else {
        return nil
      }
      switch slot.form {
      case .expression(let node):
        guard view.expression(ofNodeAt: node) != nil else { return nil }
      case .values(let node):
        guard view.nodes.indices.contains(node), view.nodes[node].kind == .const else { return nil }
      case .number: break
      }
      parts.append(Part(value: value, yaml: value.yaml, canonical: value.canonical))
    }
    // Nodes are named by their places in the list.
    guard !view.nodes.enumerated().contains(where: { $0.offset != $0.element.index }) else {
      return nil
    }
    let tree = SlotTree(slots)
    var ends: [CutBytes.Cut] = []
    var writer = YAMLWriter()
    writer.write(model, tree, &ends)
    var cuts: [CutBytes.Cut] = []
    for end in ends {
      let range = (end.range.upperBound - parts[end.slot].yaml.count)..<end.range.upperBound
      guard range.lowerBound >= 0, writer.bytes[range].elementsEqual(parts[end.slot].yaml) else {
        return nil
      }
      cuts.append(CutBytes.Cut(slot: end.slot, range: range))
    }
    text = CutBytes(writer.bytes, cuts)
    length = writer.bytes.count
    var places: [CutBytes.Cut] = []
    guard let canonical = ModelHash.canonical(model, tree, &places), places.count == slots.count,
      cuts.count == slots.count
    else { return nil }
    self.canonical = CutBytes(canonical, places)
    beginnings = self.canonical.beginnings(with: parts.map(\.canonical))
    self.parts = parts
    self.slots = slots
    self.view = view
    sharesOut = EdgeWeightMismatch.appliesTo(view)
  }

  /// The model's text and ``ModelHash`` with other values in some slots.
  ///
  /// - Returns: nil where more than the slots would be another, or something were to be said.
  /// Complexity: that of copying and hashing the text, of reading the expressions that change, and of folding those that
  /// refer to numbers which change.
  package func written(with changes: [(slot: Int, value: SlotValue)]) -> (
    text: SourceText, hash: String
  )? {
    guard isSilent(with: changes) else { return nil }
    var yaml = parts.map(\.yaml)
    var json = parts.map(\.canonical)
    for (slot, value) in changes {
      yaml[slot] = value.yaml
      json[slot] = value.canonical
    }
    // Hashed once is what stands before the first value that is another.
    let beginning = beginnings.first { beginning in
      beginning.slot.map { slot in changes.contains { $0.slot == slot } } ?? true
    }
    var sha = beginning?.hash ?? SHA256()
    let bytes = canonical.filled(with: json)
    sha.update(bytes.span.extracting((beginning?.length ?? 0)...))
    return (SourceText(text.filled(with: yaml)), ModelHash.digest(sha))
  }

  /// Number of bins of the model.
  package var bins: Int? { view.bins }

  /// What stood in a slot when the model was made.
  package func value(of slot: Int) -> SlotValue { parts[slot].value }

  private func isSilent(with changes: [(slot: Int, value: SlotValue)]) -> Bool {
    var expressions: [NodeExpression] = []
    // By the place of their node.
    var bounds: [Int: Interval] = [:]
    for (slot, value) in changes {
      switch (slots[slot].form, value, parts[slot].value) {
      case (.expression(let node), .expression(let text), _):
        guard let known = view.expression(ofNodeAt: node), let id = view.nodes[node].value["id"],
          let name = id.string, let other = known.rewritten(text, id: ExactString(name))
        else { return false }
        expressions.append(other)
      case (.values(let node), .values(let numbers), .values(let before)):
        guard numbers.count == before.count else { return false }
        bounds[node] = Interval(around: numbers)
      case (.number(let low, let high, let isWhole), .number(let number), _):
        guard SlotValue.fits(number, low, high, isWhole: isWhole) else { return false }
      default: return false
      }
    }
    guard !hasDoubts(expressions, bounds) else { return false }
    if expressions.isEmpty || !sharesOut { return true }
    let view = view.replacing(expressions)
    var findings = Findings()
    EdgeWeightMismatch.check(view, &findings)
    return findings.diagnostics.isEmpty
  }

  /// Whether something is doubtful in one of these expressions, or in one that refers to nodes with other bounds.
  private func hasDoubts(_ expressions: [NodeExpression], _ bounds: [Int: Interval]) -> Bool {
    let places = Set(expressions.map(\.node))
    // What parameters bring into an expression makes its results no matter of taste, and these alone depend on bounds.
    let others =
      bounds.isEmpty
      ? []
      : view.expressions.all.filter { expression in
        expression.value.causes.isEmpty && !places.contains(expression.node)
          && expression.targets.contains { bounds[$0] != nil }
      }
    return (expressions + others).contains { expression in
      let doubts = NodeExpressions.doubts(
        of: expression.expression, expression.value, view.origin
      ) { name in
        guard let target = view.nodeIDs.item(name), view.nodes.indices.contains(target) else {
          return nil
        }
        return bounds[target] ?? view.nodes[target].bounds
      }
      return !doubts.isEmpty
    }
  }
}

extension ModelView {
  /// The expression of a node, which is named by its place in the document's list, if that is its place among ``nodes``.
  fileprivate func expression(ofNodeAt place: Int) -> NodeExpression? {
    guard nodes.indices.contains(place), nodes[place].index == place else { return nil }
    return expressions.of(place)
  }
}

extension DataNode {
  fileprivate func value(at path: DataPath) -> DataNode? {
    var node: DataNode? = self
    for step in path.steps {
      switch step {
      case .key(let key): node = node?[key]
      case .index(let index):
        guard let items = node?.items, items.indices.contains(index) else { return nil }
        node = items[index]
      }
    }
    return node
  }
}
