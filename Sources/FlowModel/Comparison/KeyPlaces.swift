import Source

/// Finds the entries of a mapping by key. Keys in the order of another mapping are found without an index.
struct KeyPlaces {
  private let entries: [DataEntry]
  private var places: [ExactString: Int]?

  init(_ entries: [DataEntry]) {
    self.entries = entries
  }

  /// - Parameter index: where the entry probably is.
  mutating func place(of key: ExactString, near index: Int) -> Int? {
    if entries.indices.contains(index), entries[index].key == key { return index }
    let places =
      self.places
      ?? Dictionary(
        entries.enumerated().map { ($0.element.key, $0.offset) },
        uniquingKeysWith: { first, _ in first })
    self.places = places
    return places[key]
  }
}
