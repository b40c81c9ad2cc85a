/// Where in the file system it is decided what stands in some directories: what inotify(7) has to look at.
///
/// All paths are without links, so that each link on the way is a place of its own at which things may change.
struct WatchPlan: Hashable {
  /// What is looked at in one directory. Wherever it stands, it is also looked at whether it goes away.
  struct Place: Hashable {
    /// Entries that matter, such as a link that leads on, or a directory that is not there yet.
    var names: Set<String> = []
    /// Whether every entry that is asked for matters.
    var isWhole = false

    var isOnlyPassed: Bool { names.isEmpty && !isWhole }
  }

  /// Links within links that are followed, as Linux does.
  private static let linkCountMax = 40

  private(set) var places: [String: Place] = [:]
  /// - Parameter includes: whether a file of that name matters.
  init(_ directories: [String], includes: (String) -> Bool) {
    for directory in directories {
      guard let place = follow(directory) else { continue }
      places[place, default: Place()].isWhole = true
      for name in (try? FileSystem.listDirectory(place)) ?? [] where includes(name) {
        let path = WatchPlan.path(name, in: place)
        let status = try? FileSystem.status(path, followingLinks: false)
        // What it leads to may change without a word in this directory.
        if status?.kind == .symbolicLink { _ = follow(path) }
      }
    }
  }

  /// Notes all that decides what stands at `path`.
  ///
  /// - Returns: the directory that stands there; nil if there is none.
  private mutating func follow(_ path: String) -> String? {
    var place = path.hasPrefix("/") ? "/" : (try? FileSystem.currentDirectory()) ?? "/"
    var rest = WatchPlan.names(of: path)
    var linkCount = 0
    while let name = rest.popLast() {
      if name == ".." {
        place = FileSystem.parent(of: place)
        continue
      }
      let child = WatchPlan.path(name, in: place)
      let status = try? FileSystem.status(child, followingLinks: false)
      if status?.kind == .directory {
        place = child
        if places[place] == nil { places[place] = Place() }
        continue
      }
      places[place, default: Place()].names.insert(name)
      guard status?.kind == .symbolicLink, linkCount < WatchPlan.linkCountMax,
        let target = try? FileSystem.linkTarget(child)
      else { return nil }
      linkCount += 1
      if target.hasPrefix("/") { place = "/" }
      rest += WatchPlan.names(of: target)
    }
    return place
  }

  /// The names on the way, the last first.
  private static func names(of path: String) -> [String] {
    path.split(separator: "/").map(String.init).filter { $0 != "." }.reversed()
  }

  private static func path(_ name: String, in place: String) -> String {
    place == "/" ? "/" + name : place + "/" + name
  }
}
