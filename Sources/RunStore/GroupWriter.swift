import FlowModel
import Platform
import Synchronization

/// Writes the runs of a group aside, where there are several with two threads: to make a file is the kernel's work, and
/// files in different directories do not wait for one another.
final class GroupWriter: Sendable {
  struct Name: Sendable {
    let id: String
    let time: Timestamp
  }

  /// From so many runs on a second thread is worth its start.
  private static let sharedCountMin = 8

  private let store: RunStore
  private let runs: [FinishedRun]
  private let names: [Name]
  private let path: String
  private let next = Atomic(0)
  private let outcome: Mutex<Outcome>

  private struct Outcome {
    var files: [RunFiles?]
    var failure: RunStoreFailure?
  }

  /// - Parameter names: One for each run.
  init(_ store: RunStore, _ runs: [FinishedRun], _ names: [Name], below path: String) {
    self.store = store
    self.runs = runs
    self.names = names
    self.path = path
    outcome = Mutex(Outcome(files: Array(repeating: nil, count: runs.count)))
  }

  /// Writes all, and returns what was written, in the order of the runs.
  ///
  /// - Throws: the first ``RunStoreFailure`` that was met; what was written until then stays.
  func written() throws(RunStoreFailure) -> [RunFiles] {
    if runs.count >= Self.sharedCountMin,
      let helper = try? Thread.Joinable(name: "store", body: { self.work() })
    {
      work()
      helper.join()
    } else {
      work()
    }
    let outcome = outcome.withLock { $0 }
    if let failure = outcome.failure { throw failure }
    return outcome.files.compactMap(\.self)
  }

  private func work() {
    while outcome.withLock({ $0.failure == nil }) {
      let place = next.add(1, ordering: .relaxed).oldValue
      guard place < runs.count else { return }
      let name = names[place]
      do throws(RunStoreFailure) {
        let files = RunFiles.storeForm(runs[place], runID: name.id, at: name.time)
        try store.write(files, to: path + "/" + name.id)
        outcome.withLock { $0.files[place] = files }
      } catch {
        outcome.withLock { $0.failure = $0.failure ?? error }
      }
    }
  }
}
