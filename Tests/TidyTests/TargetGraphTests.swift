import TestSupport
import Testing

/// A target as Package.swift declares it.
private struct Target {
  let kind: String
  let name: String
  let dependencies: [String]

  /// All targets in the order of the file. It is text and not a program here: the test must not start another build.
  static func all() throws -> [Target] {
    let text = try PackageFolder.text("Package.swift")
    return text.matches(
      of:
        /\.(target|executableTarget|testTarget)\(\s*name: "([^"]+)"(?:,\s*dependencies: \[([^\]]*)\])?/
    ).map { match in
      Target(
        kind: String(match.1), name: String(match.2),
        dependencies: (match.3 ?? "").matches(of: /"([^"]+)"/).map { String($0.1) })
    }
  }
}

/// What each shipped target may stand on, as docs/architecture.md draws it.
private let layers: [String: Set<String>] = [
  "Source": [],
  "YAML": ["Source"],
  "JSON": ["Source"],
  "Expressions": ["Source"],
  "FlowModel": ["Source", "YAML", "JSON", "Expressions"],
  "Engine": ["Source", "YAML", "Expressions", "FlowModel"],
  "Templates": ["Source", "YAML", "JSON", "FlowModel"],
  "Operations": ["Source", "JSON", "FlowModel", "Engine", "Templates"],
  "JSONRPC": ["Source", "JSON"],
  "Wire": ["JSON", "JSONRPC"],
  "Server": ["Source", "JSON", "FlowModel", "JSONRPC", "Wire"],
  "SimMethods": [
    "Source", "YAML", "JSON", "Expressions", "FlowModel", "Engine", "Templates", "Operations",
    "JSONRPC", "Wire", "Server",
  ],
  "HTTP": ["JSON"],
  "Plot": [],
  "Platform": [],
  "RunStore": ["Source", "JSON", "FlowModel", "Platform"],
  "CommandLine": ["Source", "JSON", "Platform"],
  "Serving": [
    "Source", "JSON", "FlowModel", "JSONRPC", "Wire", "Server", "Platform", "CommandLine",
  ],
  "EngineOperations": [
    "Source", "YAML", "JSON", "Expressions", "FlowModel", "Engine", "Platform", "RunStore",
  ],
  "EngineHTTP": ["Source", "JSON", "FlowModel", "HTTP", "RunStore", "EngineOperations"],
  "EngineMethods": [
    "Source", "YAML", "JSON", "Expressions", "FlowModel", "Engine", "RunStore",
    "EngineOperations", "JSONRPC", "Wire", "Server",
  ],
  "HTTPServing": ["JSON", "HTTP", "Platform"],
  "flowtime-sim": [
    "Source", "YAML", "JSON", "FlowModel", "Operations", "JSONRPC", "Wire", "Server", "SimMethods",
    "Platform", "CommandLine", "Serving", "Plot",
  ],
  "flowtime-engine": [
    "Source", "JSON", "FlowModel", "RunStore", "EngineOperations", "EngineHTTP", "EngineMethods",
    "HTTP", "HTTPServing", "Wire", "Server", "Platform", "CommandLine", "Serving", "Plot",
  ],
]

/// What lies in Tests and is no test.
private let supporting: Set = [
  "TestSupport", "EngineTestSupport", "FuzzEntries", "fuzz", "fuzz-seeds",
]

/// What measures or tests the others and is never shipped.
private let unshipped = supporting.union(["flowtime-bench"])

@Test func `the targets and what they stand on are those of the map`() throws {
  let shipped = try Target.all().filter { $0.kind != "testTarget" && !unshipped.contains($0.name) }
  #expect(Set(shipped.map(\.name)) == Set(layers.keys))
  for target in shipped {
    #expect(Set(target.dependencies) == layers[target.name], "\(target.name)")
  }
}

@Test func `every target stands above those that import it`() throws {
  var declared: Set<String> = []
  for target in try Target.all() {
    if target.kind != "testTarget" {
      #expect(declared.isSuperset(of: target.dependencies), "\(target.name)")
    }
    declared.insert(target.name)
  }
}

@Test func `files import only what their target declares`() throws {
  let targets = try Target.all()
  let ours = Set(targets.map(\.name))
  for target in targets where target.kind != "testTarget" && !supporting.contains(target.name) {
    let files = SourceFile.all.filter { $0.target == target.name }
    #expect(!files.isEmpty, "\(target.name)")
    for file in files {
      let imported = Set(file.imports).intersection(ours)
      #expect(imported.isSubset(of: target.dependencies), "\(file.path)")
    }
  }
}

@Test func `the map names every target`() throws {
  let map = try PackageFolder.text("docs/architecture.md")
  for name in layers.keys { #expect(map.contains("| \(name) |"), "\(name)") }
}
