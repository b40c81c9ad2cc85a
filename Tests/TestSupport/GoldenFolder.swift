package import Foundation

/// What another engine made of models: `../shared/golden` beside the package.
package enum GoldenFolder {
  /// The folders that hold a `model.yaml`, sorted; empty, with a notice, where there is none.
  package static let models: [URL] = {
    let root = PackageFolder.root.deletingLastPathComponent().appending(path: "shared/golden")
    let paths = (try? FileManager.default.subpathsOfDirectory(atPath: root.path)) ?? []
    let models = paths.filter { $0.hasSuffix("/model.yaml") }.sorted().map {
      root.appending(path: $0).deletingLastPathComponent()
    }
    if models.isEmpty { print("notice: no golden data in \(root.path)") }
    return models
  }()
}
