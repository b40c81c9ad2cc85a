import Source

/// Which items of two lists are one.
///
/// - Items that are mappings and all have an identity of their own are brought together by it (``ItemIdentity``).
/// - Lists of numbers of one length go item by item.
/// - In all other lists a longest common subsequence stays; what lies between goes item by item, and so does everything
///   where the search takes more than ``CommonItems/editCountMax`` edits or all its steps.
struct Alignment {
  /// For each new item the old item that it is.
  let partners: [Int?]
  /// Keys that name an item; empty where only the place does.
  private let keys: [[ExactString]]

  /// - Parameters:
  ///   - key: whose value the lists are.
  ///   - stepCountLeft: what may still be spent on common subsequences.
  init(
    _ old: [DataNode], _ new: [DataNode], under key: ExactString?, stepCountLeft: inout Int
  ) {
    let keys = ItemIdentity.keys(ofItemsUnder: key)
    if Alignment.haveIdentities(old, by: keys), Alignment.haveIdentities(new, by: keys) {
      self.keys = keys
      partners = Alignment.byIdentity(old, new, keys)
      return
    }
    self.keys = []
    let isSeries = old.count == new.count && (old + new).allSatisfy { $0.number != nil }
    // One item against one needs no search, however much stands below it.
    let isSearched = !isSeries && max(old.count, new.count) > 1
    let common =
      isSearched ? CommonItems.find(old, new, stepCountLeft: &stepCountLeft) ?? [] : []
    partners = Alignment.filling(common, old.count, new.count)
  }

  /// What an item is called in a path: its identity, or its index where that is all it has.
  func name(of item: DataNode, at index: Int) -> String {
    for keys in keys {
      if let identity = ItemIdentity(item, by: keys) { return identity.text }
    }
    return String(index)
  }

  /// Whether no item comes, goes or moves.
  func isInPlace(count: Int) -> Bool {
    partners.count == count && partners.enumerated().allSatisfy { $0.offset == $0.element }
  }

  private static func haveIdentities(_ items: [DataNode], by keys: [[ExactString]]) -> Bool {
    var seen = [Set<ItemIdentity>](repeating: [], count: keys.count)
    for item in items {
      var isNew = false
      for (place, keys) in keys.enumerated() {
        guard let identity = ItemIdentity(item, by: keys) else { continue }
        isNew = seen[place].insert(identity).inserted
        break
      }
      if !isNew { return false }
    }
    return true
  }

  private static func byIdentity(_ old: [DataNode], _ new: [DataNode], _ keys: [[ExactString]])
    -> [Int?]
  {
    var partners = [Int?](repeating: nil, count: new.count)
    var isTaken = [Bool](repeating: false, count: old.count)
    for keys in keys {
      let oldPlaces = unique(old, by: keys) { !isTaken[$0] }
      let newPlaces = unique(new, by: keys) { partners[$0] == nil }
      for (identity, place) in newPlaces {
        guard let partner = oldPlaces[identity] else { continue }
        partners[place] = partner
        isTaken[partner] = true
      }
    }
    return partners
  }

  /// The places of items by identity, without those that share one.
  private static func unique(
    _ items: [DataNode], by keys: [ExactString], where isWanted: (Int) -> Bool
  ) -> [ItemIdentity: Int] {
    var places: [ItemIdentity: Int?] = [:]
    for (place, item) in items.enumerated() where isWanted(place) {
      guard let identity = ItemIdentity(item, by: keys) else { continue }
      places[identity] = .some(places[identity] == nil ? place : nil)
    }
    return places.compactMapValues { $0 }
  }

  /// Pairs of places, rising on both sides, and between them item by item.
  private static func filling(_ pairs: [(old: Int, new: Int)], _ oldCount: Int, _ newCount: Int)
    -> [Int?]
  {
    var partners = [Int?](repeating: nil, count: newCount)
    var (old, new) = (0, 0)
    for pair in pairs + [(oldCount, newCount)] {
      while old < pair.old, new < pair.new {
        partners[new] = old
        old += 1
        new += 1
      }
      if pair.new < newCount { partners[pair.new] = pair.old }
      (old, new) = (pair.old + 1, pair.new + 1)
    }
    return partners
  }
}
