import Glibc

/// New content for one path, whole and on disk under another name beside it.
///
/// The temporary file goes when the value dies before ``replace()``.
final class StagedFile {
  /// The path as the user gave it, for messages.
  private let path: String
  private let target: String
  private let temporary: String
  private var isPending = true

  /// - Parameters:
  ///   - target: Where the content will be, no link.
  ///   - before: What is there now. Its mode is kept, and its owner as far as the system allows.
  /// - Throws: ``SystemError``, and nothing is left behind.
  init(
    _ bytes: [UInt8], path: String, target: String, before: FileStatus?
  ) throws(SystemError) {
    self.path = path
    self.target = target
    // rename asks only for a writable directory; a file that its owner protects is protected from us as well.
    if before != nil {
      do { try unsafe SystemCall.run("access", on: target) { unsafe access($0, W_OK) } } catch {
        throw error.at(path)
      }
    }
    // The name does not contain the target's, which may already be as long as names can be.
    let name = ".flowtime-" + String(UInt64.random(in: 0 ... .max), radix: 36) + ".tmp"
    temporary = FileSystem.parent(of: target) + "/" + name
    let mode: mode_t = before == nil ? 0o666 : 0o600
    let number: Int32
    do {
      number = try unsafe SystemCall.run("create", on: temporary) {
        unsafe open($0, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
      }
    } catch {
      isPending = false  // what has the name is not ours
      throw error.at(path)
    }
    let file = Descriptor(owning: number)
    do {
      try file.writeAll(bytes.span)
      if let before { try Self.give(file, before) }
      try SystemCall.run("fsync") { fsync(number) }
    } catch {
      throw error.at(path)
    }
  }

  deinit {
    if isPending { _ = unsafe unlink(temporary) }
  }

  /// Puts the content in place of what was there, in one step that no reader can see half of.
  ///
  /// - Throws: ``SystemError``, and the old content stands.
  func replace() throws(SystemError) {
    do {
      try unsafe SystemCall.run("rename", on: temporary) { unsafe rename($0, target) }
    } catch {
      throw error.at(path)
    }
    isPending = false
  }

  /// Makes the new name survive a crash of the machine.
  ///
  /// - Throws: ``SystemError``; the new content is in place, but the disk may forget it.
  func syncDirectory() throws(SystemError) {
    let parent = FileSystem.parent(of: target)
    // A directory that may be written but not read cannot be synced by anyone like us.
    guard let directory = try? FileSystem.openExisting(parent, O_RDONLY | O_DIRECTORY) else {
      return
    }
    do {
      try SystemCall.run("fsync", path: parent) { fsync(directory.number) }
    } catch let error where error.code == EINVAL {
      // The file system has no such thing.
    }
  }

  /// Makes the file as accessible as the old one, and never more.
  private static func give(
    _ file: borrowing Descriptor, _ before: FileStatus
  ) throws(SystemError) {
    let number = file.number
    let mine = try FileStatus(ofNumber: number)
    var mode = before.permissions & 0o777
    if mine.owner != before.owner || mine.group != before.group {
      let isGiven =
        fchown(number, before.owner, before.group) == 0
        || fchown(number, uid_t.max, before.group) == 0
      // Our group is not the one that the group's rights were meant for.
      if !isGiven { mode = mode & 0o707 | (mode & 0o007) << 3 }
    }
    try SystemCall.run("fchmod") { fchmod(number, mode) }
  }
}
