/// Bytes with places in them where others go.
struct CutBytes: Sendable {
  /// Where the bytes of a slot stood.
  struct Cut {
    let slot: Int
    let range: Range<Int>
  }

  /// What stands between the slots.
  private var kept: [UInt8] = []
  /// Where each slot's bytes go among ``kept``, in the order of the bytes.
  private var places: [(offset: Int, slot: Int)] = []

  /// - Parameter cuts: in the order of the bytes, none inside another.
  init(_ bytes: [UInt8], _ cuts: [Cut]) {
    var end = 0
    for cut in cuts {
      kept += bytes[end..<cut.range.lowerBound]
      places.append((kept.count, cut.slot))
      end = cut.range.upperBound
    }
    kept += bytes[end...]
  }

  /// - Parameter parts: the bytes of each slot.
  func filled(with parts: [[UInt8]]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(parts.reduce(kept.count) { $0 + $1.count })
    var offset = 0
    for place in places {
      bytes += kept[offset..<place.offset]
      bytes += parts[place.slot]
      offset = place.offset
    }
    bytes += kept[offset...]
    return bytes
  }

  /// For each place of a slot, in the order of the bytes, the hash of all that stands before it; last that of the whole.
  ///
  /// - Parameter parts: the bytes of each slot.
  func beginnings(with parts: [[UInt8]]) -> [Beginning] {
    var sha = SHA256()
    var length = 0
    var offset = 0
    var beginnings = places.map { place in
      sha.update(kept.span.extracting(offset..<place.offset))
      length += place.offset - offset
      offset = place.offset
      let beginning = Beginning(slot: place.slot, length: length, hash: sha)
      sha.update(parts[place.slot])
      length += parts[place.slot].count
      return beginning
    }
    sha.update(kept.span.extracting(offset...))
    beginnings.append(Beginning(slot: nil, length: length + kept.count - offset, hash: sha))
    return beginnings
  }

  /// What stands before a slot, or before the end.
  struct Beginning: Sendable {
    let slot: Int?
    /// In bytes.
    let length: Int
    let hash: SHA256
  }
}
