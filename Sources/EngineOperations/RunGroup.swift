import RunStore

/// Many models in, their runs stored together.
package enum RunGroup {
  /// Bytes of series files that are held before they are stored: 64 MiB. A group that has more waits for the disk more than
  /// once.
  private static let heldLengthMax = 64 << 20

  /// Evaluates all models, and stores those that could be run. When it returns, all of these are on disk.
  ///
  /// - Parameters:
  ///   - goesOn: is told now and then how much of the group is done, from 0 to 1; false ends it, and what is not stored by
  ///     then is not.
  ///   - answer: is told of each model in their order, of one that was run when it is stored.
  /// - Throws: ``EngineFailure``: `store`, `stopped`.
  package static func run<Answer>(
    _ requests: [RunModel.Request], in engine: Engine, goesOn: (Double) -> Bool,
    answer: (Result<RunModel.Result, EngineFailure>) -> Answer
  ) throws(EngineFailure) -> [Answer] {
    var answers: [Answer] = []
    var held: [Result<RunModel.Result, EngineFailure>] = []
    var heldLength = 0
    for (place, request) in requests.enumerated() {
      do throws(EngineFailure) {
        let result = try RunModel.evaluate(request, in: engine.workspace) { fraction in
          goesOn((Double(place) + fraction) / Double(requests.count))
        }
        heldLength += result.run.series.reduce(0) { $0 + $1.csv.count }
        held.append(.success(result.withoutNumbers()))
      } catch {
        if case .stopped = error { throw error }
        held.append(.failure(error))
      }
      if heldLength > heldLengthMax || place == requests.count - 1 {
        answers += try store(held, in: engine).map(answer)
        held = []
        heldLength = 0
      }
    }
    return answers
  }

  private static func store(
    _ held: [Result<RunModel.Result, EngineFailure>], in engine: Engine
  ) throws(EngineFailure) -> [Result<RunModel.Result, EngineFailure>] {
    let runs = held.compactMap { try? $0.get() }
    guard !runs.isEmpty else { return held }
    var stored = try RunModel.store(runs, in: engine).makeIterator()
    return held.map { item in
      guard case .success(let run) = item else { return item }
      return .success(stored.next() ?? run)
    }
  }
}
