import Source

/// The slots in a value, by the way to them.
struct SlotTree: Sendable {
  /// The slot that the value is; nil for a value around slots.
  private(set) var slot: Int?
  private var parts: [DataPath.Step: SlotTree] = [:]

  init(_ slots: [ModelSlot]) {
    for (place, slot) in slots.enumerated() { add(place, slot.path.steps[...]) }
  }

  private init() {}

  private mutating func add(_ place: Int, _ way: ArraySlice<DataPath.Step>) {
    guard let step = way.first else {
      slot = place
      return
    }
    parts[step, default: SlotTree()].add(place, way.dropFirst())
  }

  subscript(step: DataPath.Step) -> SlotTree? { parts[step] }
}
