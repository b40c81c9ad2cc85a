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
// What is shipped does without regular expressions: one use of them, such as searching a string in another, links their
// whole engine, 1.4 MB of program. A section for each function lets the linker leave out those that nobody calls, and
// those that are alike: 0.47 MB.
let shipped =
  settings + [
    .unsafeFlags([
      "-Xfrontend", "-disable-implicit-string-processing-module-import",
      "-Xfrontend", "-function-sections",
    ])
  ]

// What is done once for a request, or once for a process.
let seldom = shipped + [.unsafeFlags(["-Osize"], .when(configuration: .release))]

// A small program starts quickly and stays small: LLD leaves out functions that are alike and tables of names that nobody
// looks up, and program.ld those for unwinding. It stands at a fixed address, so that nothing is relocated at the start.
let compact: [LinkerSetting] = [
  .unsafeFlags(
    [
      "-use-ld=lld", "-Xclang-linker", "-no-pie", "-Xlinker", "--icf=all",
      "-Xlinker", "--no-export-dynamic", "-Xlinker", "--no-eh-frame-hdr",
      "-Xlinker", "-T", "-Xlinker", Context.packageDirectory + "/Sources/flowtime-sim/program.ld",
    ], .when(platforms: [.linux], configuration: .release))
]

// Bottom-up: a target imports only what stands above it. docs/architecture.md draws the graph.
let package = Package(
  name: "flowtime-sim",
  products: [
    .executable(name: "flowtime-sim", targets: ["flowtime-sim"]),
    .executable(name: "flowtime-engine", targets: ["flowtime-engine"]),
  ],
  targets: [
    .target(name: "Source", swiftSettings: shipped),
    .target(name: "YAML", dependencies: ["Source"], swiftSettings: shipped),
    .target(name: "JSON", dependencies: ["Source"], swiftSettings: shipped),
    .target(name: "Expressions", dependencies: ["Source"], swiftSettings: shipped),
    .target(
      name: "FlowModel", dependencies: ["Source", "YAML", "JSON", "Expressions"],
      swiftSettings: shipped),
    .target(
      name: "Engine", dependencies: ["Source", "YAML", "Expressions", "FlowModel"],
      swiftSettings: shipped),
    .target(
      name: "Templates", dependencies: ["Source", "YAML", "JSON", "FlowModel"],
      swiftSettings: shipped),
    .target(
      name: "Operations", dependencies: ["Source", "JSON", "FlowModel", "Engine", "Templates"],
      swiftSettings: seldom),
    .target(name: "JSONRPC", dependencies: ["Source", "JSON"], swiftSettings: shipped),
    .target(name: "Wire", dependencies: ["JSON", "JSONRPC"], swiftSettings: seldom),
    .target(
      name: "Server", dependencies: ["Source", "JSON", "FlowModel", "JSONRPC", "Wire"],
      swiftSettings: shipped),
    .target(
      name: "SimMethods",
      dependencies: [
        "Source", "YAML", "JSON", "Expressions", "FlowModel", "Engine", "Templates", "Operations",
        "JSONRPC", "Wire", "Server",
      ],
      // A link to protocol/openrpc.json: `rpc.discover` answers with that very text.
      resources: [.embedInCode("openrpc.json")], swiftSettings: seldom),
    .target(name: "HTTP", dependencies: ["JSON"], swiftSettings: shipped),
    .target(name: "Plot", swiftSettings: seldom),
    .target(name: "Platform", swiftSettings: seldom),
    .target(
      name: "RunStore", dependencies: ["Source", "JSON", "FlowModel", "Platform"],
      swiftSettings: shipped),
    .target(
      name: "CommandLine", dependencies: ["Source", "JSON", "Platform"], swiftSettings: seldom),
    .target(
      name: "Serving",
      dependencies: [
        "Source", "JSON", "FlowModel", "JSONRPC", "Wire", "Server", "Platform", "CommandLine",
      ],
      swiftSettings: seldom),
    .target(
      name: "EngineOperations",
      dependencies: [
        "Source", "YAML", "JSON", "Expressions", "FlowModel", "Engine", "Platform", "RunStore",
      ],
      swiftSettings: shipped),
    .target(
      name: "EngineHTTP",
      dependencies: ["Source", "JSON", "FlowModel", "HTTP", "RunStore", "EngineOperations"],
      swiftSettings: shipped),
    .target(
      name: "EngineMethods",
      dependencies: [
        "Source", "YAML", "JSON", "Expressions", "FlowModel", "Engine", "RunStore",
        "EngineOperations", "JSONRPC", "Wire", "Server",
      ],
      // A link to protocol/engine.openrpc.json, as in SimMethods.
      resources: [.embedInCode("engine.openrpc.json")], swiftSettings: seldom),
    .target(
      name: "HTTPServing", dependencies: ["JSON", "HTTP", "Platform"], swiftSettings: shipped),
    .executableTarget(
      name: "flowtime-sim",
      dependencies: [
        "Source", "YAML", "JSON", "FlowModel", "Operations", "JSONRPC", "Wire", "Server",
        "SimMethods", "Platform", "CommandLine", "Serving", "Plot",
      ],
      exclude: ["program.ld"], swiftSettings: seldom, linkerSettings: compact),
    .executableTarget(
      name: "flowtime-engine",
      dependencies: [
        "Source", "JSON", "FlowModel", "RunStore", "EngineOperations", "EngineHTTP",
        "EngineMethods", "HTTP", "HTTPServing", "Wire", "Server", "Platform", "CommandLine",
        "Serving", "Plot",
      ],
      swiftSettings: seldom, linkerSettings: compact),
    // Measures the parts; docs/benchmarks.md. It is never shipped.
    .executableTarget(
      name: "flowtime-bench",
      dependencies: [
        "Source", "YAML", "JSON", "FlowModel", "Engine", "Templates", "Operations", "JSONRPC",
        "Server", "SimMethods", "Platform", "RunStore",
      ],
      swiftSettings: settings),

    // For the test targets alone: it may import Foundation, and no product has it.
    .target(
      name: "TestSupport", dependencies: ["Source", "JSON", "Expressions", "JSONRPC"],
      path: "Tests/TestSupport", swiftSettings: settings),
    .testTarget(
      name: "TestSupportTests", dependencies: ["JSON", "JSONRPC", "TestSupport"],
      swiftSettings: settings),
    .target(
      name: "EngineTestSupport",
      dependencies: ["FlowModel", "Platform", "RunStore", "EngineOperations"],
      path: "Tests/EngineTestSupport", swiftSettings: settings),
    // What must hold for every input, for `swift test` and libFuzzer alike.
    .target(
      name: "FuzzEntries",
      dependencies: [
        "Source", "YAML", "JSON", "Expressions", "FlowModel", "Templates", "Operations", "JSONRPC",
        "HTTP", "Server", "SimMethods", "Engine", "Platform", "RunStore", "EngineOperations",
        "EngineHTTP", "EngineMethods", "TestSupport", "EngineTestSupport",
      ],
      path: "Tests/FuzzEntries", swiftSettings: settings),
    .testTarget(name: "SourceTests", dependencies: ["Source"], swiftSettings: settings),
    .testTarget(name: "YAMLTests", dependencies: ["Source", "YAML"], swiftSettings: settings),
    .testTarget(name: "JSONTests", dependencies: ["Source", "JSON"], swiftSettings: settings),
    .testTarget(
      name: "ExpressionsTests", dependencies: ["Source", "Expressions", "TestSupport"],
      swiftSettings: settings),
    .testTarget(name: "PlotTests", dependencies: ["Plot", "TestSupport"], swiftSettings: settings),
    .testTarget(name: "PlatformTests", dependencies: ["Platform"], swiftSettings: settings),
    .testTarget(
      name: "RunStoreTests",
      dependencies: ["JSON", "FlowModel", "Platform", "RunStore", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "EngineOperationsTests",
      dependencies: [
        "Source", "JSON", "FlowModel", "Platform", "RunStore", "EngineOperations", "TestSupport",
        "EngineTestSupport",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "EngineHTTPTests",
      dependencies: [
        "Source", "JSON", "FlowModel", "Templates", "Operations", "HTTP", "Platform", "RunStore",
        "Engine", "EngineOperations", "EngineHTTP", "HTTPServing", "TestSupport",
        "EngineTestSupport",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "EngineMethodsTests",
      dependencies: [
        "JSON", "FlowModel", "JSONRPC", "Wire", "Server", "SimMethods", "Platform", "RunStore",
        "EngineOperations", "EngineMethods", "TestSupport", "EngineTestSupport",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "HTTPServingTests", dependencies: ["HTTP", "HTTPServing", "Platform", "TestSupport"],
      swiftSettings: settings),
    .testTarget(name: "JSONRPCTests", dependencies: ["JSON", "JSONRPC"], swiftSettings: settings),
    .testTarget(
      name: "HTTPTests", dependencies: ["JSON", "HTTP", "TestSupport"], swiftSettings: settings),
    .testTarget(
      name: "FlowModelTests", dependencies: ["Source", "YAML", "JSON", "FlowModel", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "EngineTests",
      dependencies: ["Source", "JSON", "FlowModel", "Engine", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "TemplatesTests",
      dependencies: ["Source", "YAML", "JSON", "FlowModel", "Engine", "Templates", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "OperationsTests",
      dependencies: [
        "Source", "YAML", "JSON", "FlowModel", "Engine", "Templates", "Operations", "TestSupport",
      ],
      exclude: ["Fixtures", "Golden"], swiftSettings: settings),
    .testTarget(
      name: "ServerTests",
      dependencies: [
        "Source", "YAML", "JSON", "Expressions", "JSONRPC", "FlowModel", "Engine", "Templates",
        "Operations", "Wire", "Server", "SimMethods", "Serving", "TestSupport",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "ConformanceTests",
      dependencies: [
        "Source", "YAML", "JSON", "JSONRPC", "FlowModel", "Operations", "Wire", "Server",
        "SimMethods", "EngineMethods", "TestSupport",
      ],
      swiftSettings: settings),
    // Runs the built program; `swift test` builds it beside the tests.
    .testTarget(
      name: "EndToEndTests", dependencies: ["JSON", "JSONRPC", "Platform", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "TidyTests",
      dependencies: [
        "Source", "YAML", "JSON", "Expressions", "FlowModel", "Engine", "Templates", "Operations",
        "HTTP", "Server", "SimMethods", "EngineMethods", "TestSupport", "flowtime-sim",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "FuzzTests", dependencies: ["FuzzEntries", "TestSupport"],
      exclude: ["Fixtures"], swiftSettings: settings),
  ]
)

// Programs of Tests/Fuzz/run. `fuzz` has no `main` of its own: libFuzzer brings one.
if Context.environment["FLOWTIME_FUZZ"] != nil {
  package.targets += [
    .executableTarget(
      name: "fuzz", dependencies: ["FuzzEntries"], path: "Tests/Fuzz/LibFuzzer",
      swiftSettings: settings),
    .executableTarget(
      name: "fuzz-seeds", dependencies: ["TestSupport"], path: "Tests/Fuzz/Seeds",
      swiftSettings: settings),
  ]
}
