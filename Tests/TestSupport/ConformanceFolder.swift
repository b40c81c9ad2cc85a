package import Foundation

/// The public test data: the folder in `FLOWTIME_CONFORMANCE`, or `../shared/conformance` beside the package.
package enum ConformanceFolder {
  /// nil, with a notice, where there is none.
  package static let url: URL? = {
    let folder: URL
    if let path = ProcessInfo.processInfo.environment["FLOWTIME_CONFORMANCE"], !path.isEmpty {
      folder = URL(fileURLWithPath: path, isDirectory: true)
    } else {
      folder = PackageFolder.root.deletingLastPathComponent().appending(path: "shared/conformance")
    }
    let marker = folder.appending(path: "README.md").path
    if FileManager.default.fileExists(atPath: marker) { return folder }
    print("notice: no conformance data in \(folder.path); set FLOWTIME_CONFORMANCE")
    return nil
  }()

  /// The contents of all files below a folder whose paths end in `suffix`, sorted by path; empty without data.
  package static func contents(of folder: String, endingIn suffix: String = "") -> [[UInt8]] {
    guard let start = url?.appending(path: folder) else { return [] }
    let paths = (try? FileManager.default.subpathsOfDirectory(atPath: start.path)) ?? []
    return paths.filter { $0.hasSuffix(suffix) }.sorted().compactMap { path in
      (try? Data(contentsOf: start.appending(path: path))).map { [UInt8]($0) }
    }
  }
}
