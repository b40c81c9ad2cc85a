import JSON
import JSONRPC
import Server
import SimMethods
import TestSupport

/// Several clients, their sessions, and the queue that the threads of a real process share, under a clock that stands
/// still and a scheduler that draws from a seed what happens next.
///
/// It cuts and delays bytes, lets work wait, run and end in any order, tells of it late, cancels at any point and closes
/// at any point. What must hold is looked at after each step and at the end; ``problems`` says what did not.
struct Simulation {
  private static let workerCountMax = 4

  private var random: SplitMix64
  private let service: Service
  private var now = Duration.zero
  private var clients: [SimulatedClient] = []
  private var queue: WorkQueue<Int>
  private let workerCount: Int
  private var running: [(client: Int, work: BackgroundWork, early: [WorkEvent]?)] = []
  private(set) var problems: [String] = []
  private(set) var stepCount = 0

  init(seed: UInt64) {
    random = SplitMix64(seed: seed)
    var limits = SimLimits()
    limits.server.inlineLengthMax = 60
    limits.server.workCountMax = Int.random(in: 1...3, using: &random)
    limits.server.longRequestCountMax = Int.random(in: 1...6, using: &random)
    limits.server.longRequestLengthMax = Int.random(in: 200...2_000, using: &random)
    limits.server.outputLengthMax = Int.random(in: 100...4_000, using: &random)
    limits.server.frameSecondsMax = 10
    limits.server.quietMillisecondsMax = Int.random(in: 0...300, using: &random)
    service = Talk(limits: limits).service
    workerCount = Int.random(in: 1...Simulation.workerCountMax, using: &random)
    queue = WorkQueue(workerCount: workerCount)
    for number in 0..<Int.random(in: 1...3, using: &random) {
      clients.append(SimulatedClient(number, service, &random))
    }
  }

  /// Plays until nothing is left to do.
  mutating func run() {
    while step() {
      stepCount += 1
      checkBounds()
      guard stepCount < 100_000, problems.count < 10 else {
        problems.append("it does not come to an end")
        return
      }
    }
    for index in clients.indices where !clients[index].isClosed { clients[index].write() }
    for client in clients { problems += client.problemsAtEnd(limits: service.limits) }
    if !queue.isEmpty || !running.isEmpty { problems.append("the queue is not empty at the end") }
  }

  private enum Step {
    case receive(Int)
    case write(Int)
    case handOut(Int)
    case start
    case end(Int)
    case tell(Int)
    case pass
    case close(Int)
  }

  /// Does one of the things that can happen.
  ///
  /// - Returns: false where none can.
  private mutating func step() -> Bool {
    var steps: [Step] = []
    for (index, client) in clients.enumerated() where !client.isClosed {
      if client.canReceive { steps.append(.receive(index)) }
      steps += [.write(index), .handOut(index)]
      if !client.box.isEmpty { steps.append(.tell(index)) }
    }
    if running.count < workerCount, queue.waitingCount > 0 { steps.append(.start) }
    steps += running.indices.map(Step.end)
    let isIdle = clients.allSatisfy { $0.isClosed || $0.isOver } && running.isEmpty
    if isIdle { return false }
    steps.append(.pass)
    if Int.random(in: 0..<400, using: &random) == 0 {
      steps.append(.close(Int.random(in: clients.indices, using: &random)))
    }
    guard let step = steps.randomElement(using: &random) else { return false }
    take(step)
    return true
  }

  private mutating func take(_ step: Step) {
    switch step {
    case .receive(let index): clients[index].receive(&random)
    case .write(let index): clients[index].write()
    case .handOut(let index):
      if let work = clients[index].session.takeWork() {
        clients[index].outCount += 1
        queue.add(work, of: index)
      }
    case .start:
      guard let (client, work) = queue.next() else { return }
      // What is found may be found early or late: before a cancel that comes meanwhile, or after it.
      let isEarly = Bool.random(using: &random)
      running.append((client, work, isEarly ? Simulation.events(of: work) : nil))
    case .end(let place):
      let (client, work, early) = running.remove(at: place)
      queue.end(work.key, of: client)
      clients[client].box += early ?? Simulation.events(of: work)
    case .tell(let index):
      clients[index].tell()
    case .pass:
      let isLong = Int.random(in: 0..<300, using: &random) == 0
      now += isLong ? .seconds(11) : .milliseconds(Int.random(in: 1...40, using: &random))
      for index in clients.indices where !clients[index].isClosed {
        _ = clients[index].session.advance(to: now)
      }
    case .close(let index):
      guard !clients[index].isClosed else { return }
      clients[index].close()
      queue.leave(index)
    }
  }

  private static func events(of work: BackgroundWork) -> [WorkEvent] {
    let log = EventLog()
    work.run { log.add($0) }
    return log.events
  }

  private mutating func checkBounds() {
    var counts: [Int: Int] = [:]
    for entry in running { counts[entry.client, default: 0] += 1 }
    if running.count > workerCount { problems.append("more works run than there are threads") }
    if let most = counts.values.max(), most > max(1, workerCount - 1) {
      problems.append("one client has all threads")
    }
    for client in clients where client.outCount > service.limits.workCountMax {
      problems.append("client \(client.number) has \(client.outCount) works out")
    }
    for index in clients.indices {
      problems += clients[index].newProblems
      clients[index].newProblems = []
    }
  }
}
