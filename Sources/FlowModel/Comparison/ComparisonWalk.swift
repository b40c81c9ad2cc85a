import Source

/// Goes through two trees side by side and writes down where they differ.
struct ComparisonWalk {
  private(set) var changes: [Change] = []
  /// One for each change, in the same order.
  private(set) var operations: [PatchOperation] = []
  private(set) var isTruncated = false

  private let changeCountMax: Int
  private var pathLengthLeft: Int
  private var stepCountLeft: Int
  private var place = ComparisonPlace()

  init(changeCountMax: Int, pathLengthMax: Int, stepCountMax: Int) {
    self.changeCountMax = changeCountMax
    pathLengthLeft = pathLengthMax
    stepCountLeft = stepCountMax
  }

  /// Two values at one place. What stands around them is as in the new tree already.
  mutating func compare(_ old: DataNode, _ new: DataNode) {
    if isTruncated { return }
    switch (old.content, new.content) {
    case (.mapping(let old), .mapping(let new)): compare(old, new)
    case (.sequence(let old), .sequence(let new)): compare(old, new)
    default:
      if old.isSameScalar(as: new) { return }
      let pointer = place.newPointer
      record(
        .replace(path: pointer, value: new), .changed, pointer: pointer,
        old: (old, old.range), new: (new, new.range))
    }
  }

  private mutating func compare(_ old: [DataEntry], _ new: [DataEntry]) {
    var newPlaces = KeyPlaces(new)
    for (index, entry) in old.enumerated() {
      if isTruncated { return }
      place.enter(key: entry.key)
      if let other = newPlaces.place(of: entry.key, near: index) {
        compare(entry.value, new[other].value)
      } else {
        record(
          .remove(path: place.newPointer), .removed, pointer: place.oldPointer,
          old: (entry.value, entry.range))
      }
      place.leave()
    }
    var oldPlaces = KeyPlaces(old)
    for (index, entry) in new.enumerated() {
      if isTruncated { return }
      if oldPlaces.place(of: entry.key, near: index) != nil { continue }
      place.enter(key: entry.key)
      let pointer = place.newPointer
      record(
        .add(path: pointer, value: entry.value), .added, pointer: pointer,
        new: (entry.value, entry.range))
      place.leave()
    }
  }

  private mutating func compare(_ old: [DataNode], _ new: [DataNode]) {
    let alignment = Alignment(old, new, under: place.key, stepCountLeft: &stepCountLeft)
    if !alignment.isInPlace(count: old.count) { rearrange(old, new, alignment) }
    for (index, partner) in alignment.partners.enumerated() {
      if isTruncated { return }
      guard let partner else { continue }
      place.enter(old: partner, new: index, name: alignment.name(of: new[index], at: index))
      compare(old[partner], new[index])
      place.leave()
    }
  }

  /// Removes, moves and adds items until they are those of the new list in its order.
  private mutating func rearrange(_ old: [DataNode], _ new: [DataNode], _ alignment: Alignment) {
    let kept = Set(alignment.partners.compactMap { $0 })
    // Items stand in slots: slot 0 is the list's front, slot n + 1 is the old item n with what was put behind it.
    var slots = SlotCounts(front: 0, others: 1, count: old.count + 1)
    for (index, item) in old.enumerated() where !kept.contains(index) {
      if isTruncated { return }
      let at = slots.sum(before: index + 1)
      slots.add(-1, to: index + 1)
      place.enter(old: index, new: at, name: alignment.name(of: item, at: index))
      record(
        .remove(path: place.newPointer), .removed, pointer: place.oldPointer,
        old: (item, item.range))
      place.leave()
    }
    let steady = Set(longestRise(of: alignment.partners.compactMap { $0 }))
    // The slot of the last item that stands where it belongs. Whatever follows it in the new list goes to its end.
    var slot = 0
    for (index, item) in new.enumerated() {
      if isTruncated { return }
      let name = alignment.name(of: item, at: index)
      guard let partner = alignment.partners[index] else {
        let at = slots.sum(before: slot + 1)
        slots.add(1, to: slot)
        let path = place.pointer(toItem: at)
        place.enter(old: 0, new: index, name: name)
        record(
          .add(path: path, value: item), .added, pointer: place.newPointer,
          new: (item, item.range))
        place.leave()
        continue
      }
      if steady.contains(partner) {
        slot = partner + 1
        continue
      }
      let from = place.pointer(toItem: slots.sum(before: partner + 1))
      slots.add(-1, to: partner + 1)
      let path = place.pointer(toItem: slots.sum(before: slot + 1))
      slots.add(1, to: slot)
      place.enter(old: partner, new: index, name: name)
      record(
        .move(from: from, path: path), .moved, pointer: place.newPointer,
        oldPointer: place.oldPointer, old: (old[partner], old[partner].range),
        new: (item, item.range))
      place.leave()
    }
  }

  private mutating func record(
    _ operation: PatchOperation, _ kind: Change.Kind, pointer: String, oldPointer: String? = nil,
    old: (node: DataNode, range: ByteRange)? = nil, new: (node: DataNode, range: ByteRange)? = nil
  ) {
    let path = place.path
    let length = path.utf8.count + pointer.utf8.count + (oldPointer?.utf8.count ?? 0)
    guard changes.count < changeCountMax, length <= pathLengthLeft else {
      isTruncated = true
      return
    }
    pathLengthLeft -= length
    operations.append(operation)
    changes.append(
      Change(
        kind: kind, path: path, pointer: pointer, oldPointer: oldPointer, old: old?.node,
        new: new?.node, oldRange: old?.range, newRange: new?.range))
  }
}

extension DataEntry {
  /// The key and its value.
  fileprivate var range: ByteRange { keyRange.union(value.range) }
}
