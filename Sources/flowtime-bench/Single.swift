import FlowModel
import JSON
import Operations
import Platform
import Source
import Templates
import YAML

/// One operation on one file, so that a script can measure it beside other programs:
/// `flowtime-bench single OPERATION FILE SECONDS` prints the nanoseconds that one run takes. `COUNTx` in place of
/// seconds runs it so often, for those who look at the process from outside.
enum Single {
  static func run(_ arguments: [String]) throws {
    guard arguments.count == 3, let end = End(arguments[2]) else {
      throw Failure("usage: flowtime-bench single OPERATION FILE SECONDS|COUNTx")
    }
    let bytes = try FileSystem.readFile(arguments[1], lengthMax: 1 << 30)
    guard let operation = operation(arguments[0], on: bytes) else {
      throw Failure("no operation '\(arguments[0])': \(names.joined(separator: ", "))")
    }
    let start = SystemClock.monotonic()
    var now = start
    var runs = 0.0
    var total = 0
    while !end.isReached(runs, after: now - start) {
      total &+= operation()
      runs += 1
      now = SystemClock.monotonic()
    }
    let time = (now - start) / .nanoseconds(1) / runs
    // What all runs returned decides a digit that nobody reads, so that none can be left out.
    print(time + (total == .min ? 0.1 : 0))
  }

  /// When there are runs enough.
  private enum End {
    case seconds(Double)
    case runs(Double)

    init?(_ text: String) {
      let isCount = text.hasSuffix("x")
      guard let number = Double(isCount ? text.dropLast() : text[...]), number > 0 else {
        return nil
      }
      self = isCount ? .runs(number) : .seconds(number)
    }

    func isReached(_ runs: Double, after time: Duration) -> Bool {
      switch self {
      case .seconds(let seconds): time >= .seconds(seconds)
      case .runs(let count): runs >= count
      }
    }
  }

  private static let names = [
    "yaml-tree", "yaml-roundtrip", "json-parse", "json-write", "json-canonical", "sha256",
    "validate",
    "render", "substitute", "generate", "generate-again",
  ]

  /// Each returns a number that depends on its work.
  private static func operation(_ name: String, on bytes: [UInt8]) -> (() -> Int)? {
    let text = SourceText(bytes)
    var limits = YAMLLimits()
    limits.textLengthMax = 1 << 30
    switch name {
    case "yaml-tree":
      return { YAMLTree(parsing: text, limits: limits).documents.count }
    case "yaml-roundtrip":
      return { YAMLTree(parsing: text, limits: limits).emitted().count }
    case "json-parse":
      return { (try? JSONDocument.parse(bytes.span))?.duplicateNames.count ?? -1 }
    case "json-write":
      let root = (try? JSONDocument.parse(bytes))?.root ?? .null
      return { root.serialized().count }
    case "json-canonical":
      let root = (try? JSONDocument.parse(bytes))?.root ?? .null
      return { (try? CanonicalJSON.bytes(of: root))?.count ?? -1 }
    case "sha256":
      return {
        var sha = SHA256()
        sha.update(bytes.span)
        return Int(sha.finalize().first ?? 0)
      }
    case "validate":
      return { TemplateDocument(text).render([:], for: .inspection).diagnostics.count }
    case "render":
      let template = TemplateDocument(text)
      return { template.render([:], for: .generation).diagnostics.count }
    case "substitute":
      let template = TemplateDocument(text)
      let values = template.bind([:])
      return { template.substitute(values)?.entries.count ?? -1 }
    case "generate", "generate-again":
      let generation = WarmGeneration(of: text)
      return name == "generate" ? generation.runChanged : generation.runAgain
    default: return nil
    }
  }
}
