package import FlowModel
package import Source
import Synchronization

/// Patterns of the models that were made of one template, by which the next ones are written.
///
/// Two renderings whose values differ only where they stand in slots (``ModelSlot``) are one model but for these. All
/// values that stand elsewhere, such as the number of bins, make another pattern.
package final class TemplatePatterns: Sendable {
  /// Most patterns of one template. The last ones used stay.
  package static let countMax = 4
  /// Bytes of the longest model that a pattern is kept of: 128 KiB.
  package static let lengthMax = 128 << 10

  /// Warnings that are about names alone: no value in a slot brings one or takes one away. With any other there is no
  /// pattern.
  static let standing: Set<DiagnosticCode> = [
    NodeUnused.code, OutputFilenameDuplicate.code, OutputExcludeUnknown.code, AliasUnknown.code,
    KeyDeprecated.code, DispatchCapacityUnknown.code, ArrivalNodeUnknown.code,
  ]

  /// What a model is made of besides the values in its slots.
  fileprivate struct Frame: Equatable {
    let values: [ParameterValue?]
    let mode: Mode?
    let lint: LintSettings?

    /// - Parameter isFree: for each parameter whether it stands in slots alone.
    func isSame(as other: Frame, _ isFree: [Bool]) -> Bool {
      guard mode == other.mode, lint == other.lint, values.count == other.values.count else {
        return false
      }
      for place in values.indices where !isFree[place] {
        if values[place] != other.values[place] { return false }
      }
      return true
    }
  }

  /// A class, so that looking for one copies none.
  fileprivate final class Kept: Sendable {
    let frame: Frame
    /// See ``TemplateDocument/Rendering/mode``.
    let mode: Mode?
    let diagnostics: [Diagnostic]
    let pattern: ModelPattern

    init(_ frame: Frame, _ rendering: TemplateDocument.Rendering, _ pattern: ModelPattern) {
      self.frame = frame
      mode = rendering.mode
      diagnostics = rendering.diagnostics
      self.pattern = pattern
    }
  }

  /// The last one used stands last.
  private let kept = Mutex<[Kept]>([])

  package var count: Int { kept.withLock { $0.count } }

  /// Bytes of the models that they are of.
  var length: Int { kept.withLock { $0.reduce(0) { $0 + $1.pattern.length } } }

  func removeAll() {
    let dropped = kept.withLock { kept in
      let dropped = kept
      kept = []
      return dropped
    }
    // Their memory is given back while nobody waits.
    withExtendedLifetime(dropped) {}
  }

  /// Those that may write a model of the frame, the last one used first.
  fileprivate func find(_ frame: Frame, _ isFree: [Bool]) -> [Kept] {
    let kept = kept.withLock { $0 }
    return kept.reversed().filter { $0.frame.isSame(as: frame, isFree) }
  }

  fileprivate func use(_ used: Kept) {
    kept.withLock { kept in
      guard kept.last !== used, let place = kept.firstIndex(where: { $0 === used }) else { return }
      kept.append(kept.remove(at: place))
    }
  }

  fileprivate func keep(_ new: Kept) {
    kept.withLock { kept in
      // Two may have made one at the same time.
      kept.removeAll { $0.frame == new.frame }
      if kept.count >= TemplatePatterns.countMax { kept.removeFirst() }
      kept.append(new)
    }
  }
}

extension TemplateDocument {
  /// A model as it is written.
  package struct Writing: Sendable {
    package let text: SourceText
    /// See ``ModelHash``.
    package let hash: String
    /// As ``Rendering/mode``.
    package let mode: Mode?
    /// Warnings.
    package let diagnostics: [Diagnostic]
  }

  /// The model of values by the pattern of one that was made before.
  ///
  /// - Parameters:
  ///   - values: those of ``openBinding(_:)``.
  ///   - mode, lint: as ``render(_:mode:lint:for:)`` takes them.
  /// - Returns: nil where there is no such pattern, or these values may make another model of it.
  package func written(_ values: [ParameterValue?], mode: Mode?, lint: LintSettings?) -> Writing? {
    guard let slots, hasRoom(for: values, slots) else { return nil }
    let frame = TemplatePatterns.Frame(values: values, mode: mode, lint: lint)
    for kept in patterns.find(frame, slots.isFree) {
      guard let changes = changes(values, kept, slots),
        let written = kept.pattern.written(with: changes)
      else { continue }
      patterns.use(kept)
      return Writing(
        text: written.text, hash: written.hash, mode: kept.mode, diagnostics: kept.diagnostics)
    }
    return nil
  }

  /// The slots in which other values stand than in the model of a pattern; nil where one does not fit.
  private func changes(
    _ values: [ParameterValue?], _ kept: TemplatePatterns.Kept, _ slots: TemplateSlots
  ) -> [(slot: Int, value: SlotValue)]? {
    guard let body else { return nil }
    var isChanged = [Bool](repeating: false, count: slots.places.count)
    for place in values.indices
    where slots.isFree[place] && values[place] != kept.frame.values[place] {
      for slot in slots.users[place] { isChanged[slot] = true }
    }
    var changes: [(slot: Int, value: SlotValue)] = []
    for slot in isChanged.indices where isChanged[slot] {
      guard
        let value = slots.places[slot].value(
          values, body.pieces, definitions, bins: kept.pattern.bins)
      else { return nil }
      changes.append((slot, value))
    }
    return changes
  }

  /// Keeps a pattern of a model that was made, unless it is long, or something is to be said of it that other values may
  /// change.
  ///
  /// - Parameters:
  ///   - model: ``Rendering/model`` of the rendering.
  ///   - values, mode, lint: what it was made of, as ``written(_:mode:lint:)`` takes them.
  /// - Returns: the model as it is written, if there is a pattern of it.
  package func keepPattern(
    of rendering: Rendering, _ model: DataNode, _ values: [ParameterValue?], mode: Mode?,
    lint: LintSettings?
  ) -> Writing? {
    guard let body, let slots, slots.isFree.contains(true), let view = rendering.view,
      rendering.diagnostics.allSatisfy({ TemplatePatterns.standing.contains($0.code) }),
      isShort(view), let pattern = ModelPattern(of: model, view, slots: slots.places.map(\.slot)),
      // What is found in the slots is what their values put there.
      slots.places.indices.allSatisfy({ slot in
        slots.places[slot].value(values, body.pieces, definitions, bins: pattern.bins)
          == pattern.value(of: slot)
      })
    else { return nil }
    if pattern.length <= TemplatePatterns.lengthMax {
      let frame = TemplatePatterns.Frame(values: values, mode: mode, lint: lint)
      patterns.keep(TemplatePatterns.Kept(frame, rendering, pattern))
    }
    return pattern.written(with: []).map {
      Writing(
        text: $0.text, hash: $0.hash, mode: rendering.mode, diagnostics: rendering.diagnostics)
    }
  }

  /// Whether a model is not longer than ``TemplatePatterns/lengthMax`` at first sight, so that a pattern is worth its making.
  private func isShort(_ view: ModelView) -> Bool {
    // Numbers are most of a long model, and each takes some bytes.
    let lists = view.nodes.count { $0.kind == .const || $0.value["profile"] != nil }
    let length = 4 * (view.bins ?? 0) * lists
    return max(text.count, length) <= TemplatePatterns.lengthMax
  }

  /// Whether all that the values bring together is within ``RenderingLimits``.
  private func hasRoom(for values: [ParameterValue?], _ slots: TemplateSlots) -> Bool {
    var valueCount = 0
    var textLength = 0
    for (value, useCount) in zip(values, slots.useCounts) {
      switch value {
      case .array(let numbers): valueCount += numbers.count * useCount
      case .string(let text): textLength += text.text.utf8.count * useCount
      case .bool, .number, nil: continue
      }
    }
    return valueCount <= RenderingLimits.valueCountMax
      && textLength <= RenderingLimits.textLengthMax
  }
}
