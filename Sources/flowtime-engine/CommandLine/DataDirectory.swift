import CommandLine
import EngineOperations
import FlowModel
import JSON
import Platform
import RunStore

extension Option {
  static let data = Option(
    "--data", value: .required("DIR"),
    help: "where runs are stored (else $FLOWTIME_DATA_DIR, ./data)")
}

extension Invocation {
  /// As the environment and the command say it.
  var dataDirectory: String {
    if let path = self[.data] { return path }
    if let path = Environment.value(of: "FLOWTIME_DATA_DIR"), !path.isEmpty { return path }
    return "data"
  }

  /// The engine that works in the data directory.
  ///
  /// - Parameter makesDirectory: whether a directory that is missing is made; else it is an error.
  func engine(
    limits: RunLimits = RunLimits(), makesDirectory: Bool = true
  ) throws(Stop) -> Engine {
    let path = dataDirectory
    if !makesDirectory, FileSystem.kind(path) != .directory {
      throw .refused(
        "there is no directory \(quoted(path)) with runs; --data or FLOWTIME_DATA_DIR names another"
      )
    }
    let now = { @Sendable in
      Timestamp(microseconds: SystemClock.microsecondsSinceEpoch()) ?? .epoch
    }
    let store = try Stop.wrapping { () throws(EngineFailure) in
      do throws(RunStoreFailure) {
        return try RunStore(directory: path, surroundings: RunStore.Surroundings(now: now))
      } catch {
        throw .store(error)
      }
    }
    for notice in store.notices { Terminal.notice("note: \(notice.message)") }
    return Engine(store: store, limits: limits, now: now)
  }

  /// The run that is meant: its id, the beginning of one that only one has, or `latest`.
  func run(in engine: Engine) throws(Stop) -> String {
    guard let name = operands.first else {
      throw .usage("\(command.name): name a run, the beginning of its id, or 'latest'")
    }
    let entries = try Stop.wrapping { () throws(EngineFailure) in
      do throws(RunStoreFailure) {
        return try engine.store.entries()
      } catch {
        throw .store(error)
      }
    }
    if entries.contains(where: { $0.id.utf8.elementsEqual(name.utf8) }) { return name }
    if name == "latest", let last = latest(of: entries) { return last }
    let begun = entries.map(\.id).filter { $0.utf8.starts(with: name.utf8) }
    guard let id = begun.first, begun.count == 1 else {
      if begun.isEmpty {
        // One that is left out of lists says why.
        do throws(EngineFailure) { _ = try GetArtifact.run(name, in: engine) } catch {
          if !error.isNotFound { throw Stop(error) }
        }
        throw .input(
          "no run \(quoted(name)) in \(quoted(dataDirectory)); 'flowtime-engine artifacts list' shows all"
        )
      }
      let some = begun.prefix(3).joined(separator: ", ") + (begun.count > 3 ? ", …" : "")
      throw .input("\(begun.count) runs begin with \(quoted(name)): \(some)")
    }
    return id
  }

  /// An id says the second, and the manifest the rest: a script may run two models in one second.
  private func latest(of entries: [RunEntry]) -> String? {
    func time(_ entry: RunEntry) -> String { entry.metadata["createdUtc"]?.stringValue ?? "" }
    return entries.max { ($0.created, time($0), $0.id) < ($1.created, time($1), $1.id) }?.id
  }
}

extension Stop {
  /// Runs an operation; its failure becomes the end of the command.
  static func wrapping<Answer>(
    _ operation: () throws(EngineFailure) -> Answer
  ) throws(Stop) -> Answer {
    do throws(EngineFailure) { return try operation() } catch { throw Stop(error) }
  }

  init(_ failure: EngineFailure) {
    switch failure {
    // A file of a run that is listed must be there.
    case .store(.file): self = .refused(failure.message)
    case .store where !failure.isNotFound: self = .refused(failure.message)
    case .parameterInvalid: self = .usage(failure.message)
    default: self = .input(failure.message)
    }
  }
}
