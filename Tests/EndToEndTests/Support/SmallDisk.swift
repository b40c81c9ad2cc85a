import Foundation

/// A file system of a few pages, which is soon full.
enum SmallDisk {
  /// Only root may mount, and not in every container.
  static let isPermitted: Bool = {
    guard geteuid() == 0 else { return false }
    return (try? TemporaryDirectory.make { try mounted(at: $0.path) {} }) != nil
  }()

  struct NotMounted: Error {
    let notices: String
  }

  static func mounted(at path: String, _ body: () throws -> Void) throws {
    let mount = try Program.run(
      ["-t", "tmpfs", "-o", "size=16k,mode=0700", "tmpfs", path], executable: "/bin/mount")
    guard mount.status == 0 else { throw NotMounted(notices: mount.notices) }
    defer { _ = try? Program.run([path], executable: "/bin/umount") }
    try body()
  }
}
