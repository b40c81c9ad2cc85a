import Glibc

extension FileSystem {
  /// Puts `bytes` at `path` whole or not at all, and on disk before it returns.
  ///
  /// A new file gets the usual mode, an old one keeps its own; a link is followed; other hard links keep the old content.
  /// A pipe, a device and `/dev/stdout` are written to directly.
  ///
  /// - Throws: ``SystemError`` with `path`; what was there before is untouched and no temporary file remains, except that
  ///   a failure with the directory's path means: in place, but not surely on disk.
  package static func writeFileAtomically(
    _ bytes: [UInt8], to path: String
  ) throws(SystemError) {
    try writeFilesAtomically([(path, bytes)])
  }

  /// Puts several files in place, all or none as far as the system allows: as ``writeFileAtomically(_:to:)``, but none
  /// is replaced before all are on disk and all pipes and devices have taken theirs.
  ///
  /// - Throws: ``SystemError`` with the path at fault. Only when replacing itself fails can earlier files of the list be
  ///   in place already.
  package static func writeFilesAtomically(
    _ files: [(path: String, bytes: [UInt8])]
  ) throws(SystemError) {
    var staged: [StagedFile] = []
    var places: Set<Place> = []
    var streams: [(file: (path: String, bytes: [UInt8]), stream: WriteTarget.Stream)] = []
    for file in files {
      switch try WriteTarget(file.path) {
      case .file(let target, let before):
        guard places.insert(try Place(target)).inserted else {
          throw SystemError(call: "write twice to", path: file.path, code: EINVAL)
        }
        staged.append(
          try StagedFile(file.bytes, path: file.path, target: target, before: before))
      case .stream(let stream):
        streams.append((file, stream))
      }
    }
    for (file, stream) in streams { try write(file.bytes, to: stream, path: file.path) }
    for file in staged { try file.replace() }
    for file in staged { try file.syncDirectory() }
  }

  /// Whether what is written to two paths would come to one file, which need not be there yet.
  package static func isOnePlace(_ path: String, _ other: String) -> Bool {
    if isSameFile(path, other) { return true }
    guard !exists(path), !exists(other), let place = try? Place(path),
      let otherPlace = try? Place(other)
    else { return false }
    return place.directory != nil && place == otherPlace
  }

  /// A name in a directory, however the path to it is spelt.
  private struct Place: Hashable {
    let directory: FileIdentity?
    let name: [UInt8]

    init(_ path: String) throws(SystemError) {
      directory = try FileSystem.status(FileSystem.parent(of: path))?.identity
      name = path.utf8.split(separator: UInt8(ascii: "/")).last.map(Array.init) ?? []
    }
  }

  private static func write(
    _ bytes: [UInt8], to stream: WriteTarget.Stream, path: String
  ) throws(SystemError) {
    do {
      switch stream {
      case .path(let place):
        try openExisting(place, O_WRONLY).writeAll(bytes.span)
      case .number(let number):
        try OpenNumber(number).writeAll(bytes.span, timeout: nil)
      }
    } catch {
      throw error.at(path)
    }
  }
}
