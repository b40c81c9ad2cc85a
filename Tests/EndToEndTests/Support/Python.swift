import Foundation

/// Another implementation to read what ours writes, where there is one.
enum Python {
  static let path: String? = (ProcessInfo.processInfo.environment["PATH"] ?? "")
    .split(separator: ":").map { $0 + "/python3" }
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  static let hasYAML: Bool = {
    guard let path else { return false }
    return (try? Program.run(["-c", "import yaml"], executable: path).status) == 0
  }()
}
