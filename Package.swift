// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("ExistentialAny"),
  .treatAllWarnings(as: .error),
  .strictMemorySafety(),
]

// Bottom-up: a target imports only what stands above it. docs/architecture.md draws the graph.
let package = Package(
  name: "flowtime-sim",
  targets: [
    .target(name: "Source", swiftSettings: settings),
    .target(name: "YAML", dependencies: ["Source"], swiftSettings: settings),
    .target(name: "JSON", dependencies: ["Source"], swiftSettings: settings),
    .target(name: "Platform", swiftSettings: settings),
    .testTarget(name: "SourceTests", dependencies: ["Source"], swiftSettings: settings),
    .testTarget(name: "YAMLTests", dependencies: ["Source", "YAML"], swiftSettings: settings),
    .testTarget(
      name: "ConformanceTests", dependencies: ["Source", "YAML"], swiftSettings: settings),
  ]
)
