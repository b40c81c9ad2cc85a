import Glibc

/// What stands at a path.
package enum FileKind: Hashable, Sendable {
  case regular, directory, symbolicLink, pipe, socket, characterDevice, blockDevice, other
}

/// A file, whatever names it has now and later.
package struct FileIdentity: Hashable, Sendable {
  package let device: UInt64
  package let inode: UInt64
}

/// What the system knows about a file without reading it.
///
/// Two equal readings of one path mean that nobody has changed the file between them in any usual way.
package struct FileStatus: Hashable, Sendable {
  package let kind: FileKind
  package let identity: FileIdentity
  /// In bytes; 0 for what has no length.
  package let length: Int
  /// Since 1970-01-01T00:00:00Z.
  package let modificationTime: Duration
  /// The lower twelve bits of the mode: `0o644`.
  package let permissions: UInt32
  package let owner: UInt32
  package let group: UInt32

  init(_ status: stat) {
    kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .regular
      case S_IFDIR: .directory
      case S_IFLNK: .symbolicLink
      case S_IFIFO: .pipe
      case S_IFSOCK: .socket
      case S_IFCHR: .characterDevice
      case S_IFBLK: .blockDevice
      default: .other
      }
    identity = FileIdentity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
    length = Int(status.st_size)
    modificationTime = .seconds(status.st_mtim.tv_sec) + .nanoseconds(status.st_mtim.tv_nsec)
    permissions = status.st_mode & 0o7777
    owner = status.st_uid
    group = status.st_gid
  }

  init(ofNumber number: Int32, path: String? = nil) throws(SystemError) {
    var status = stat()
    try SystemCall.run("fstat", path: path) { unsafe fstat(number, &status) }
    self.init(status)
  }
}
