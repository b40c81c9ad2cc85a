import Glibc

/// Where bytes for a path really go.
enum WriteTarget {
  /// A file at `path`, which is no link; `before` describes the one that stands there now.
  case file(path: String, before: FileStatus?)
  /// What cannot be replaced, only written to.
  case stream(Stream)

  enum Stream {
    /// A pipe or device.
    case path(String)
    /// A descriptor of this process: `/dev/stdout`, `/dev/fd/63`. Whoever opened it wants it written, not replaced.
    case number(Int32)
  }

  /// Follows links, also those that lead to nothing yet.
  init(_ path: String) throws(SystemError) {
    var place = path
    for _ in 0..<Self.linksMax {
      if let number = Self.number(place) {
        self = .stream(.number(number))
        return
      }
      let status = try FileSystem.status(place, followingLinks: false)
      switch status?.kind {
      case nil, .regular: self = .file(path: place, before: status)
      case .pipe, .characterDevice: self = .stream(.path(place))
      case .directory: throw SystemError(call: "write", path: path, code: EISDIR)
      case .socket, .blockDevice, .other: throw SystemError(call: "write", path: path, code: EINVAL)
      case .symbolicLink:
        let next = try FileSystem.linkTarget(place)
        place =
          next.utf8.first == UInt8(ascii: "/") ? next : FileSystem.parent(of: place) + "/" + next
        continue
      }
      return
    }
    throw SystemError(call: "write", path: path, code: ELOOP)
  }

  /// As many links as the kernel follows: path_resolution(7).
  private static let linksMax = 40

  private static func number(_ path: String) -> Int32? {
    let directories = ["/dev/fd/", "/proc/self/fd/", "/proc/\(Environment.processID)/fd/"]
    guard let directory = directories.first(where: path.hasPrefix) else { return nil }
    guard let number = Int32(path.dropFirst(directory.count)), number >= 0 else { return nil }
    return number
  }
}
