import Glibc

/// The steps by which several files in one directory appear together: each is one call that may be refused.
extension FileSystem {
  /// Makes a directory that was not there.
  ///
  /// - Throws: ``SystemError`` with `EEXIST` where anything is at `path`.
  package static func makeNewDirectory(_ path: String) throws(SystemError) {
    try unsafe SystemCall.run("mkdir", on: path) { unsafe mkdir($0, 0o777) }
  }

  /// Makes a file of the usual mode with this content; it is not on disk before a ``DiskBarrier`` was waited for.
  ///
  /// - Throws: ``SystemError``, and a part of the file may be there.
  package static func writeNewFile(_ bytes: [UInt8], to path: String) throws(SystemError) {
    let number = try unsafe SystemCall.run("create", on: path) {
      unsafe open($0, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
    }
    let file = Descriptor(owningFile: number)
    do { try file.writeAll(bytes.span) } catch { throw error.at(path) }
  }

  /// Waits until the names in a directory are on disk.
  package static func syncDirectory(_ path: String) throws(SystemError) {
    let directory = try openExisting(path, O_RDONLY | O_DIRECTORY)
    do {
      try SystemCall.run("fsync", path: path) { fsync(directory.number) }
    } catch let error where error.code == EINVAL {
      // The file system has no such thing.
    }
  }

  /// Gives a file or directory another name on the same file system, in one step.
  ///
  /// - Throws: ``SystemError`` with the new path; a directory does not replace one that holds anything.
  package static func rename(_ path: String, to other: String) throws(SystemError) {
    guard !other.utf8.contains(0) else {
      throw SystemError(call: "rename", path: other, code: EINVAL)
    }
    do {
      try unsafe SystemCall.run("rename", on: path) { unsafe Glibc.rename($0, other) }
    } catch {
      throw error.at(other)
    }
  }

  /// Removes a name, unless it is gone already; a link and not what it leads to.
  package static func removeFile(_ path: String) throws(SystemError) {
    do { try unsafe SystemCall.run("unlink", on: path) { unsafe unlink($0) } } catch let error
      where error.isNotFound
    {}
  }

  /// Removes a directory and what is in it, links and not what they lead to.
  ///
  /// - Throws: ``SystemError`` at the first thing that stays.
  package static func removeTree(_ path: String) throws(SystemError) {
    for name in try unsortedNames(in: path) {
      let inner = path + "/" + name
      if try status(inner, followingLinks: false)?.kind == .directory {
        try removeTree(inner)
      } else {
        do { try unsafe SystemCall.run("unlink", on: inner) { unsafe unlink($0) } } catch let error
          where error.isNotFound
        {}
      }
    }
    do { try unsafe SystemCall.run("rmdir", on: path) { unsafe rmdir($0) } } catch let error
      where error.isNotFound
    {}
  }
}

extension SystemError {
  /// Whether something of that name is there already.
  package var isExisting: Bool { code == EEXIST || code == ENOTEMPTY }
}
