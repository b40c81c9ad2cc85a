/// Names of one mapping or document, found in O(1) by their bytes whatever those are.
///
/// Open addressing over a table that is kept between uses; a slot of an earlier use is told by its generation, so that
/// emptying costs nothing. The hash is seeded per process, so that no text is slow on purpose; the seed decides nothing
/// that can be seen.
struct NameTable {
  private struct Slot {
    var generation: UInt32 = 0
    var hash: UInt32 = 0
    var value: Int32 = -1
  }

  private var slots: [Slot] = []
  private var generation: UInt32 = 0
  private(set) var count = 0

  private static let seed = UInt64.random(in: 1...UInt64.max)

  static func hash(_ bytes: Span<UInt8>) -> UInt32 {
    var state = seed
    var offset = 0
    while offset < bytes.count {
      state = (state ^ UInt64(bytes[offset])) &* 0x9E37_79B9_7F4A_7C15
      state ^= state >> 29
      offset += 1
    }
    state = (state ^ UInt64(truncatingIfNeeded: bytes.count)) &* 0xD6E8_FEB8_6659_FD93
    return UInt32(truncatingIfNeeded: state >> 32)
  }

  mutating func removeAll() {
    count = 0
    if generation == UInt32.max {
      slots.removeAll()
      generation = 0
    }
    generation += 1
  }

  /// The value under a hash for which `isSame` holds, and the slot at which it is or would be put.
  private func find(_ hash: UInt32, _ isSame: (Int32) -> Bool) -> (slot: Int, value: Int32?) {
    let mask = slots.count - 1
    var slot = Int(hash) & mask
    while slots[slot].generation == generation {
      if slots[slot].hash == hash, isSame(slots[slot].value) { return (slot, slots[slot].value) }
      slot = (slot + 1) & mask
    }
    return (slot, nil)
  }

  func value(_ hash: UInt32, _ isSame: (Int32) -> Bool) -> Int32? {
    guard count > 0 else { return nil }
    return find(hash, isSame).value
  }

  /// Puts `value` under a hash, in place of one for which `isSame` holds if `replacing`.
  ///
  /// - Returns: the value that was there.
  mutating func insert(
    _ value: Int32, _ hash: UInt32, replacing: Bool, _ isSame: (Int32) -> Bool
  ) -> Int32? {
    if (count + 1) * 2 > slots.count { grow() }
    let (slot, found) = find(hash, isSame)
    if found == nil { count += 1 }
    if found == nil || replacing {
      slots[slot] = Slot(generation: generation, hash: hash, value: value)
    }
    return found
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: Slot(), count: max(32, old.count * 2))
    if generation == 0 { generation = 1 }
    let mask = slots.count - 1
    for entry in old where entry.generation == generation {
      var slot = Int(entry.hash) & mask
      while slots[slot].generation == generation { slot = (slot + 1) & mask }
      slots[slot] = entry
    }
  }
}
