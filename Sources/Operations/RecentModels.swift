import FlowModel
import JSON
import Source
import Synchronization
import Templates

/// The models that were made last of the templates of one catalog.
///
/// A template, values, a mode and weights of warnings make one model, whenever they are asked for: who looks at one again
/// need not make it again. A proof does, or it would be none. Nothing is known here of time, so that each answer has a
/// record of its own. Of templates with sensitive parameters nothing is kept. Models that are being made at the same time
/// do not wait for one another.
package final class RecentModels: Sendable {
  package struct Bounds: Hashable, Sendable {
    /// Most models that are kept.
    package var countMax = 32
    /// Bytes that they take, with their texts and what they are found by: 16 MiB. The last ones used stay.
    package var lengthMax = 16 << 20

    package init() {}
  }

  /// What a model is made of. The values are compared, not only a hash of them.
  struct Key: Equatable, Sendable {
    /// Of all but the weights. Compared first: most keys differ in values that stand late.
    fileprivate let hash: Int
    let templateID: ExactString
    /// In the order of the declarations, defaults merged.
    let values: [ParameterValue?]
    let mode: Mode?
    /// nil for one who only asks what the model is.
    let lint: LintSettings?

    init(
      templateID: ExactString, values: [ParameterValue?], mode: Mode?, lint: LintSettings?
    ) {
      self.templateID = templateID
      self.values = values
      self.mode = mode
      self.lint = lint
      var hasher = Hasher()
      hasher.combine(templateID)
      hasher.combine(values)
      hasher.combine(mode)
      hash = hasher.finalize()
    }

    /// Whether what was made for another key is the model of this one.
    fileprivate func takes(_ other: Key) -> Bool {
      // A model with the usual weights is the same without any; without them one may be made that weights forbid.
      hash == other.hash
        && (lint == other.lint || (lint == nil && other.lint == LintSettings()))
        && mode == other.mode && templateID == other.templateID && values == other.values
    }
  }

  /// A class, so that looking for one copies none.
  private final class Kept: Sendable {
    let key: Key
    let model: RenderedModel
    let length: Int

    init(_ model: RenderedModel, as key: Key, length: Int) {
      self.model = model
      self.key = key
      self.length = length
    }
  }

  private struct State {
    /// The last one used stands last. Each with the hash of its key, so that most are passed over untouched: all clients
    /// wait for one another here.
    var kept: [(hash: Int, model: Kept)] = []
    var length = 0

    /// Takes out the last one that has the hash and more.
    mutating func take(_ hash: Int, where isMeant: (Key) -> Bool) -> Kept? {
      for place in kept.indices.reversed()
      where kept[place].hash == hash && isMeant(kept[place].model.key) {
        return remove(at: place)
      }
      return nil
    }

    mutating func add(_ new: Kept) {
      kept.append((new.key.hash, new))
      length += new.length
    }

    mutating func remove(at place: Int) -> Kept {
      let removed = kept.remove(at: place).model
      length -= removed.length
      return removed
    }
  }

  private let state = Mutex(State())

  private let bounds: Bounds

  package init(_ bounds: Bounds = Bounds()) {
    self.bounds = bounds
  }

  /// How many are kept, and the bytes that they take.
  package var size: (count: Int, length: Int) { state.withLock { ($0.kept.count, $0.length) } }

  func model(_ key: Key) -> RenderedModel? {
    state.withLock { state -> Kept? in
      guard let found = state.take(key.hash, where: key.takes) else { return nil }
      state.add(found)
      return found
    }?.model
  }

  func keep(_ model: RenderedModel, as key: Key) {
    let length = model.length + key.length
    // One that would drive out most others is not worth it.
    guard length <= bounds.lengthMax / 4 else { return }
    let new = Kept(model, as: key, length: length)
    let dropped = state.withLock { state in
      var dropped: [Kept] = []
      if let same = state.take(key.hash, where: { $0 == key }) { dropped.append(same) }
      state.add(new)
      while state.kept.count > bounds.countMax || state.length > bounds.lengthMax {
        dropped.append(state.remove(at: 0))
      }
      return dropped
    }
    // What takes longest is to give their memory back, and nobody waits for that.
    withExtendedLifetime(dropped) {}
  }
}

extension Snapshot {
  /// The model of a template, which may have been made before.
  ///
  /// - Parameters:
  ///   - choice: what ``template(_:)`` found the template by.
  ///   - lint: as ``RenderedModel`` takes it.
  ///   - needsData: whether ``RenderedModel/data`` will be asked for: a pattern is of no use then.
  func model(
    of template: TemplateDocument, _ choice: TemplateChoice, _ given: JSONObject,
    mode: Mode? = nil, lint: LintSettings? = nil, needsData: Bool = true,
    _ monitor: WorkMonitor = .unwatched
  ) throws(OperationFailure) -> RenderedModel {
    guard case .id(let id) = choice, let binding = template.openBinding(given) else {
      return try RenderedModel(template, given, mode: mode, lint: lint, monitor)
    }
    let key = RecentModels.Key(
      templateID: ExactString(id), values: binding.values, mode: mode, lint: lint)
    if let known = catalog.recentModels.model(key) { return known }
    let written = needsData ? nil : RenderedModel(template, by: binding, mode: mode, lint: lint)
    let model: RenderedModel
    if let written {
      try monitor.begin(.making)
      model = written
    } else {
      model = try RenderedModel(
        template, given, mode: mode, lint: lint, patternOf: needsData ? nil : binding.values,
        monitor)
      if !needsData { catalog.patternShelf.add(template.patterns) }
    }
    catalog.recentModels.keep(model, as: key)
    return model
  }
}

// MARK: Bytes that are taken

extension RecentModels.Key {
  fileprivate var length: Int {
    // Once here, and once in the record.
    values.reduce(0) { sum, value in
      let own =
        switch value {
        case .string(let text): text.text.utf8.count
        case .array(let numbers): numbers.count * MemoryLayout<Number>.stride
        case .bool, .number, nil: 0
        }
      return sum + 2 * (MemoryLayout<ParameterValue>.stride + own)
    }
  }
}

extension DataNode {
  /// An upper bound of its bytes, roughly.
  var length: Int {
    let own = MemoryLayout<DataNode>.stride
    switch content {
    case .string(let text): return own + text.utf8.count
    case .sequence(let items): return items.reduce(own) { $0 + $1.length }
    case .mapping(let entries):
      return entries.reduce(own) {
        $0 + MemoryLayout<DataEntry>.stride + $1.key.text.utf8.count + $1.value.length
      }
    case .null, .bool, .number, .unknown: return own
    }
  }
}
