import EngineOperations
import Glibc
import Platform
import Source
import Synchronization
import Testing

private func fails(
  _ body: () throws(EngineFailure) -> Void
) -> String? {
  do throws(EngineFailure) {
    try body()
    return nil
  } catch {
    return error.message
  }
}

/// Rings once for each that is done.
private final class Bell: Sendable {
  let pipe: WakePipe

  init() throws { pipe = try WakePipe() }
}

private let busy = "too much is being run at the moment; try again soon"

@Test func `a share is free again when nobody refers to it`() throws {
  let room = Room(1_000)
  var share: Room.Share? = try room.share(600, within: .zero) { true }
  #expect(room.held == 600)
  #expect(
    fails { () throws(EngineFailure) in _ = try room.share(600, within: .zero) { true } } == busy)
  #expect(room.held == 600)
  let copy = share
  share = nil
  #expect(room.held == 600)
  withExtendedLifetime(copy) {}
  let all = try room.share(400, within: .zero) { true }
  #expect(room.held == 1_000)
  withExtendedLifetime((copy, all)) {}
}

@Test
func `who wants more than there is has all of it, and who wants next to nothing waits for nobody`()
  throws
{
  let room = Room(1_024)
  let all = try room.share(5_000, within: .zero) { true }
  #expect(room.held == 1_024)
  let little = try room.share(4, within: .zero) { true }
  #expect(room.held == 1_028)
  #expect(
    fails { () throws(EngineFailure) in _ = try room.share(5, within: .zero) { true } } == busy)
  withExtendedLifetime((all, little)) {}
}

@Test func `a wait ends when nobody wants its end`() throws {
  let room = Room(10)
  let all = try room.share(10, within: .zero) { true }
  let message = fails { () throws(EngineFailure) in
    _ = try room.share(10, within: .seconds(60)) { false }
  }
  #expect(message == "the work was stopped")
  withExtendedLifetime(all) {}
}

@Test(arguments: [400, 1_000])
func `those that wait come in their order, and never are there more than have room`(
  amount: Int
) throws {
  let room = Room(1_000)
  let came = Mutex<[Int]>([])
  let greatest = Mutex(0)
  var all: Room.Share? = try room.share(1_000, within: .zero) { true }
  let done = try Bell()
  for number in 0..<8 {
    try Thread.spawn(name: "waits") {
      let share = try? room.share(amount, within: .seconds(60)) { true }
      came.withLock { $0.append(number) }
      greatest.withLock { $0 = max($0, room.held) }
      withExtendedLifetime(share) {}
      done.pipe.wake()
    }
    while room.waitingCount <= number { usleep(200) }
  }
  withExtendedLifetime(all) {}
  all = nil
  for _ in 0..<8 { try done.pipe.wait() }
  #expect(room.waitingCount == 0)
  #expect(greatest.withLock { $0 } <= 1_000)
  let places = came.withLock { $0 }
  #expect(places.sorted() == Array(0..<8))
  // Where one is there at a time, its place is told before the next comes.
  #expect(amount < 1_000 || places == Array(0..<8))
}

@Test func `a model that finds no room is refused, and one that has been run holds none`() throws {
  var limits = RunLimits()
  limits.heldTextLengthMax = 1_000
  limits.heldValueCountMax = 100
  limits.busyTimeMax = .zero
  let test = try TestEngine(limits: limits)
  for room in [test.engine.workspace.texts, test.engine.workspace.numbers] {
    var all: Room.Share? = try room.share(room.size, within: .zero) { true }
    let message = fails { () throws(EngineFailure) in
      _ = try RunModel.run(RunModel.Request(model: SourceText(smallModel)), in: test.engine)
    }
    #expect(message == busy)
    withExtendedLifetime(all) {}
    all = nil
  }
  var result: RunModel.Result? = try test.run(smallModel)
  #expect(test.engine.workspace.texts.held == smallModel.utf8.count)
  #expect(test.engine.workspace.numbers.held > 0)
  withExtendedLifetime(result) {}
  result = nil
  #expect([test.engine.workspace.texts.held, test.engine.workspace.numbers.held] == [0, 0])
  // A group lets go of one model before it takes the next.
  let requests = Array(repeating: RunModel.Request(model: SourceText(smallModel)), count: 3)
  let held = try RunGroup.run(
    requests, in: test.engine, goesOn: { _ in true },
    answer: { _ in [test.engine.workspace.texts.held, test.engine.workspace.numbers.held] })
  #expect(held == [[0, 0], [0, 0], [0, 0]])
}
