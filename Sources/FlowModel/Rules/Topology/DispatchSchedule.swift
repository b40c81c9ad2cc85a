import Source

/// The schedule of a node or of a topology node, which is a mapping.
struct DispatchSchedule: Sendable {
  let entry: DataEntry
  let path: DataPath

  static func all(of items: [ModelView.Item], path: (Int) -> DataPath) -> [DispatchSchedule] {
    items.compactMap { item in
      guard let entry = item.value.entry("dispatchSchedule"),
        case .mapping = entry.value.content
      else { return nil }
      return DispatchSchedule(entry: entry, path: path(item.index) + "dispatchSchedule")
    }
  }
}
