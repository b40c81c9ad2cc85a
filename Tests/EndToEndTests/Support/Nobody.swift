import Foundation

/// A user without rights: root may do everything, so that nothing would be refused.
enum Nobody {
  private static let switcher = "/usr/bin/setpriv"

  static let isAvailable: Bool = {
    if geteuid() != 0 { return true }
    guard FileManager.default.isExecutableFile(atPath: switcher) else { return false }
    // The build may be where only root can enter.
    return (try? run(["--version"], in: "/"))?.status == 0
  }()

  static func run(
    _ arguments: [String], in directory: String, executable: String = Program.path
  ) throws -> Program.Outcome {
    if geteuid() != 0 {
      return try Program.run(arguments, in: directory, executable: executable)
    }
    return try Program.run(
      ["--reuid=65534", "--regid=65534", "--clear-groups", executable] + arguments,
      in: directory, executable: switcher)
  }
}
