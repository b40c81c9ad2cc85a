import FlowModel
import Source

/// The holes of a body that become slots of a model, and the parameters that stand nowhere else.
struct TemplateSlots: Sendable {
  /// A hole that is one slot of every model.
  struct Place: Sendable {
    let hole: Hole
    let slot: ModelSlot
  }

  let places: [Place]
  /// For each parameter the slots that it stands in, by their places among ``places``.
  let users: [[Int]]
  /// For each parameter whether it stands in slots alone: another value of it may change nothing else.
  let isFree: [Bool]
  /// For each parameter how often it is referred to.
  let useCounts: [Int]

  /// - Parameters:
  ///   - holes: all of the body, each with the way to it.
  ///   - count: number of parameters.
  init(_ holes: [(hole: Hole, path: DataPath)], _ pieces: [Hole.Piece], parameterCount count: Int) {
    var places: [Place] = []
    var isFree = [Bool](repeating: true, count: count)
    var users = [[Int]](repeating: [], count: count)
    var useCounts = [Int](repeating: 0, count: count)
    for (hole, path) in holes {
      let slot = hole.isBroken ? nil : ModelSlot(at: path)
      for case .parameter(let parameter) in pieces[hole.pieces] where parameter < count {
        useCounts[parameter] += 1
        if slot == nil {
          isFree[parameter] = false
        } else if users[parameter].last != places.count {
          users[parameter].append(places.count)
        }
      }
      if let slot { places.append(Place(hole: hole, slot: slot)) }
    }
    // Of one that nothing refers to something is said.
    for parameter in 0..<count where useCounts[parameter] == 0 { isFree[parameter] = false }
    self.places = places
    self.users = users
    self.isFree = isFree
    self.useCounts = useCounts
  }
}

extension TemplateSlots.Place {
  /// What a rendering with these values puts into the slot.
  ///
  /// - Parameters:
  ///   - pieces: those of all holes.
  ///   - bins: the number of bins.
  /// - Returns: nil where a value does not fit there.
  func value(
    _ values: [ParameterValue?], _ pieces: [Hole.Piece], _ definitions: [ParameterDefinition],
    bins: Int?
  ) -> SlotValue? {
    if case .expression = slot.form { return expression(values, pieces).map { .expression($0) } }
    guard hole.isWhole, case .parameter(let parameter)? = pieces[hole.pieces].first,
      values.indices.contains(parameter)
    else { return nil }
    switch (slot.form, values[parameter]) {
    case (.number, .number(let number)): return .number(number)
    case (.values, .array(let numbers)):
      guard let fit = definitions[parameter].fit else { return .values(numbers) }
      return bins.flatMap { fit.apply(to: numbers, count: $0) }.map { .values($0) }
    default: return nil
    }
  }

  private func expression(_ values: [ParameterValue?], _ pieces: [Hole.Piece]) -> String? {
    var text = ""
    for piece in pieces[hole.pieces] {
      switch piece {
      case .literal(let literal): text += literal
      case .parameter(let parameter):
        guard values.indices.contains(parameter), let value = values[parameter] else { return nil }
        // No list in an expression holds numbers below 0.
        if case .array(let numbers) = value, numbers.contains(where: \.isNegative) { return nil }
        text += value.expressionText
      }
    }
    return text
  }
}
