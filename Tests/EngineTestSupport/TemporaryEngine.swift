package import EngineOperations
package import FlowModel
import Glibc
package import Platform
import RunStore
import Synchronization

/// An Engine over a data directory of its own, which goes when the value dies.
///
/// Its clock stands unless it is moved on, at 2025-09-25T12:00:00Z first; suffixes of run ids count up from 1.
package final class TemporaryEngine: Sendable {
  private final class World: Sendable {
    let second = Mutex<Int64>(1_758_801_600)
    let suffix = Mutex<UInt32>(0)
    let refusal = Mutex<SystemError?>(nil)
    let syncCount = Mutex<Int>(0)
    let indexCount = Mutex<Int>(0)

    var now: Timestamp { second.withLock { Timestamp(seconds: $0) ?? .epoch } }

    func next() -> UInt32 {
      suffix.withLock {
        $0 += 1
        return $0
      }
    }

    func take(_ step: RunStore.Step) throws(SystemError) {
      if step == .sync { syncCount.withLock { $0 += 1 } }
      if step == .writeIndex { indexCount.withLock { $0 += 1 } }
      if let refusal = refusal.withLock({ $0 }) { throw refusal }
    }
  }

  private let world = World()
  package let engine: Engine
  /// The data directory.
  package let path: String

  package init(limits: RunLimits = RunLimits()) throws {
    // In memory where the system has such a place: nobody has to wait for a disk.
    let folder = FileSystem.exists("/dev/shm") ? "/dev/shm" : "/tmp"
    let world = world
    path =
      try FileSystem.canonicalPath(folder) + "/flowtime-engine-"
      + String(UInt64.random(in: 0 ... .max), radix: 36)
    try FileSystem.makeNewDirectory(path)
    let store = try RunStore(
      directory: path,
      surroundings: RunStore.Surroundings(
        now: { world.now }, suffix: { world.next() },
        beforeStep: { (step: RunStore.Step, _: String) throws(SystemError) in
          try world.take(step)
        }))
    engine = Engine(store: store, limits: limits, now: { world.now })
  }

  deinit { try? FileSystem.removeTree(path) }

  /// The time of its clock.
  package var now: Timestamp { world.now }

  /// A reading of its clock that lives as long as anybody needs it.
  package var clock: @Sendable () -> Timestamp { { [world] in world.now } }

  package func moveOn(seconds: Int64) { world.second.withLock { $0 += seconds } }

  /// From now on each step of the disk is refused; nil for an end of that.
  package func refuseDisk(_ error: SystemError?) { world.refusal.withLock { $0 = error } }

  /// How often the store has waited for the disk.
  package var syncCount: Int { world.syncCount.withLock { $0 } }

  /// How often it has written its index.
  package var indexCount: Int { world.indexCount.withLock { $0 } }
}
