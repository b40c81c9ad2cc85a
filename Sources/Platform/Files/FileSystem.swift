import Glibc

/// Reading files and directories. A relative path starts at the current directory.
package enum FileSystem {
  /// Reads a whole file: a regular one, or a pipe or device (`/dev/stdin`) up to its end.
  ///
  /// - Parameters:
  ///   - lengthMax: The longest content that is accepted, in bytes.
  ///   - regularOnly: Refuses pipes and devices, which could keep the caller waiting for ever.
  ///   - followingLinks: Whether the last component may be a symbolic link; `ELOOP` where it may not.
  package static func readFile(
    _ path: String, lengthMax: Int, regularOnly: Bool = false, followingLinks: Bool = true
  ) throws(FileFailure) -> [UInt8] {
    // Opening a pipe without O_NONBLOCK waits for its writer.
    let flags =
      (regularOnly ? O_RDONLY | O_NONBLOCK : O_RDONLY) | (followingLinks ? 0 : O_NOFOLLOW)
    let file = try FileFailure.wrapping { () throws(SystemError) in try openExisting(path, flags) }
    let status = try FileFailure.wrapping { () throws(SystemError) in
      try FileStatus(ofNumber: file.number, path: path)
    }
    if status.kind == .directory { throw .isDirectory(path: path) }
    if regularOnly && status.kind != .regular { throw .notRegular(path: path) }
    return try readAll(path, lengthMax: lengthMax, lengthExpected: status.length) {
      (room: inout [UInt8]) throws(SystemError) in try file.read(into: &room)
    }
  }

  /// Reads standard input up to its end, whatever it is: a socket, which many parents use as a pipe, has no path to open.
  ///
  /// - Parameter lengthMax: The longest content that is accepted, in bytes.
  package static func readStandardInput(lengthMax: Int) throws(FileFailure) -> [UInt8] {
    try readAll("stdin", lengthMax: lengthMax, lengthExpected: 0) {
      (room: inout [UInt8]) throws(SystemError) in try StandardStream.input.read(into: &room)
    }
  }

  private static func readAll(
    _ path: String, lengthMax: Int, lengthExpected: Int,
    _ read: (inout [UInt8]) throws(SystemError) -> Int
  ) throws(FileFailure) -> [UInt8] {
    if lengthExpected > lengthMax { throw .tooLarge(path: path, lengthMax: lengthMax) }
    // One byte more than expected: a file that has not grown is then read by one call, and its end seen by a second.
    var room = [UInt8](repeating: 0, count: min(max(lengthExpected, 4095), 1 << 20) + 1)
    var bytes: [UInt8] = []
    while true {
      let count: Int
      do { count = try read(&room) } catch { throw .system(error.at(path)) }
      if count == 0 { return bytes }
      if count > lengthMax - bytes.count {
        throw .tooLarge(path: path, lengthMax: lengthMax)
      }
      bytes.append(contentsOf: room[..<count])
    }
  }

  /// Makes a directory, unless there is one of that name. Those above it must exist.
  package static func makeDirectory(_ path: String) throws(SystemError) {
    do {
      try unsafe SystemCall.run("mkdir", on: path) { unsafe mkdir($0, 0o777) }
    } catch let error where error.code == EEXIST && kind(path) == .directory {
      return
    }
  }

  /// The names in a directory, without `.` and `..`, sorted by their UTF-8 bytes.
  ///
  /// A name that is not UTF-8 comes with replacement characters and cannot be opened by that spelling.
  package static func listDirectory(_ path: String) throws(SystemError) -> [String] {
    try unsortedNames(in: path).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// As ``listDirectory(_:)``, in no order.
  package static func unsortedNames(in path: String) throws(SystemError) -> [String] {
    // By descriptor, since the error of opendir then comes from open alone.
    let number = try unsafe SystemCall.run("opendir", on: path) {
      unsafe open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    }
    guard let directory = unsafe fdopendir(number) else {
      let code = errno
      _ = close(number)
      throw SystemError(call: "opendir", path: path, code: code)
    }
    defer { _ = unsafe closedir(directory) }
    var names: [String] = []
    while true {
      errno = 0  // the end of the directory and an error both answer nil
      guard let entry = unsafe readdir(directory) else { break }
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
        unsafe $0.withMemoryRebound(to: CChar.self, capacity: 1) { unsafe String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    guard errno == 0 else { throw SystemError(call: "readdir", path: path, code: errno) }
    return names
  }

  /// What stands at `path`; nil for nothing.
  ///
  /// - Parameter followingLinks: Whether a symbolic link stands for what it leads to.
  /// - Throws: ``SystemError`` where the system does not say, for example in a directory that may not be searched.
  package static func status(
    _ path: String, followingLinks: Bool = true
  ) throws(SystemError) -> FileStatus? {
    var status = stat()
    do {
      try unsafe SystemCall.run(followingLinks ? "stat" : "lstat", on: path) {
        unsafe followingLinks ? stat($0, &status) : lstat($0, &status)
      }
    } catch let error where error.isNotFound {
      return nil
    }
    return FileStatus(status)
  }

  /// Whether there is something at `path`, links followed, as far as the system tells.
  package static func exists(_ path: String) -> Bool { kind(path) != nil }

  /// What kind of thing stands at `path`, links followed; nil for nothing, or where the system does not say.
  package static func kind(_ path: String) -> FileKind? { (try? status(path))?.kind }

  /// Whether two paths lead to one file that is there, however they are spelt. A pipe or a device is none.
  package static func isSameFile(_ path: String, _ other: String) -> Bool {
    guard let status = try? status(path), status.kind == .regular else { return false }
    return (try? self.status(other))?.identity == status.identity
  }

  /// When the content at `path` was last changed, since 1970-01-01T00:00:00Z; nil where nothing is known.
  package static func modificationTime(_ path: String) -> Duration? {
    (try? status(path))?.modificationTime
  }

  /// - Throws: ``SystemError``, for example when the directory has been removed.
  package static func currentDirectory() throws(SystemError) -> String {
    guard let text = unsafe getcwd(nil, 0) else { throw SystemError(call: "getcwd", code: errno) }
    defer { unsafe free(text) }
    return unsafe String(cString: text)
  }

  /// The absolute path of something that exists, without links, `.` and `..`.
  package static func canonicalPath(_ path: String) throws(SystemError) -> String {
    var result = ""
    try unsafe SystemCall.run("realpath", on: path) { text -> Int32 in
      guard let resolved = unsafe realpath(text, nil) else { return -1 }
      result = unsafe String(cString: resolved)
      unsafe free(resolved)
      return 0
    }
    return result
  }

  /// The text of a symbolic link.
  static func linkTarget(_ path: String) throws(SystemError) -> String {
    var room = [CChar](repeating: 0, count: Int(PATH_MAX))
    let size = room.count
    let count = try unsafe SystemCall.run("readlink", on: path) {
      unsafe readlink($0, &room, size)
    }
    return String(decoding: room[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// Opens a file to write at its end; makes it where it is missing, for its owner alone.
  package static func openAppending(_ path: String) throws(SystemError) -> Descriptor {
    Descriptor(
      owning: try unsafe SystemCall.run("open", on: path) {
        unsafe open($0, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0o600)
      })
  }

  /// Makes a file to write, for its owner alone.
  ///
  /// - Throws: ``SystemError`` also where anything is at `path` already, a symbolic link included.
  package static func createNew(_ path: String) throws(SystemError) -> Descriptor {
    Descriptor(
      owning: try unsafe SystemCall.run("open", on: path) {
        unsafe open($0, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOCTTY, 0o600)
      })
  }

  /// Opens what exists; a started program does not inherit it.
  static func openExisting(_ path: String, _ flags: Int32) throws(SystemError) -> Descriptor {
    Descriptor(
      owning: try unsafe SystemCall.run("open", on: path) {
        unsafe open($0, flags | O_CLOEXEC | O_NOCTTY)
      })
  }

  /// The directory that holds the last component of `path`; `.` where `path` names none.
  static func parent(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
