package import JSONRPC

/// Every bound that any server has.
package struct Limits: Sendable {
  package var rpc: RPCLimits
  /// Most clients of one socket at a time; the next waits in the system's queue.
  package var connectionCountMax = 256
  /// Bytes of answers that wait to be written before the next message is looked at: 8 MiB.
  package var outputLengthMax = 8 << 20
  /// Bytes that a request is about, its template included, up to which it is answered before the next message is looked
  /// at; longer ones are worked on in the background. 0 sends all there that can take long: 16 KiB, which take about 2 ms.
  package var inlineLengthMax = 16 << 10
  /// Long requests of one connection that are not answered; the message after them waits unread.
  package var longRequestCountMax = 100
  /// Bytes that the long requests of one connection are about; at more, the next message waits unread: 128 MiB.
  package var longRequestLengthMax = 128 << 20
  /// Long requests of one connection that are worked on, or wait for a thread, at a time; the others wait behind them.
  package var workCountMax = 4
  /// Threads for long requests. There is one more than the machine has processors, and never more than these.
  package var workerCountMax = 64
  /// How long a request may take before its progress is told, in milliseconds; 0 tells it at once.
  package var quietMillisecondsMax = 200
  /// Within how many seconds a message that was begun must end.
  package var frameSecondsMax = 30
  /// Within how many seconds a client of a socket must take what is written to it.
  package var writeSecondsMax = 30
  /// How many seconds a daemon that is told to end goes on with what it has read.
  package var shutdownSecondsMax = 5
  /// Bytes of a text of `$/logTrace`; a longer one is cut.
  package var traceLengthMax = 4_096
  /// Bytes of one recording, but for the line that says that it is cut: 64 MiB.
  package var recordLengthMax = 64 << 20
  /// Connections of a socket that are recorded; later ones are not.
  package var recordFileCountMax = 1_000
  /// Bytes of the log that wait to be written; lines after them are left out, and counted: 256 KiB.
  package var logBufferLengthMax = 256 << 10

  package init(rpc: RPCLimits = RPCLimits()) {
    self.rpc = rpc
  }

  /// By their names, in the order of `status`; the last is told behind the program's own.
  fileprivate static var paths: [(name: String, path: WritableKeyPath<Limits, Int>)] {
    [
      ("bodyLengthMax", \.rpc.bodyLengthMax), ("headerLengthMax", \.rpc.headerLengthMax),
      ("headerCountMax", \.rpc.headerCountMax), ("depthMax", \.rpc.depthMax),
      ("valueCountMax", \.rpc.valueCountMax), ("batchCountMax", \.rpc.batchCountMax),
      ("batchReplyLengthMax", \.rpc.batchReplyLengthMax),
      ("requestCountMax", \.rpc.requestCountMax),
      ("connectionCountMax", \.connectionCountMax), ("outputLengthMax", \.outputLengthMax),
      ("inlineLengthMax", \.inlineLengthMax), ("longRequestCountMax", \.longRequestCountMax),
      ("longRequestLengthMax", \.longRequestLengthMax), ("workCountMax", \.workCountMax),
      ("workerCountMax", \.workerCountMax), ("quietMillisecondsMax", \.quietMillisecondsMax),
      ("frameSecondsMax", \.frameSecondsMax), ("writeSecondsMax", \.writeSecondsMax),
      ("shutdownSecondsMax", \.shutdownSecondsMax), ("traceLengthMax", \.traceLengthMax),
      ("recordLengthMax", \.recordLengthMax), ("recordFileCountMax", \.recordFileCountMax),
      ("logBufferLengthMax", \.logBufferLengthMax),
    ]
  }

  fileprivate var named: [(name: String, value: Int)] {
    Limits.paths.map { ($0.name, self[keyPath: $0.path]) }
  }

  /// The least value that a bound may have: with 0 most would leave nothing to be done.
  package static func leastValue(of name: String) -> Int {
    ["inlineLengthMax", "quietMillisecondsMax"].contains(name) ? 0 : 1
  }

  /// Greater than anyone needs, and small enough to be counted with.
  package static let greatestValue = 1 << 53
}

/// Every bound of a program by the name that `status` and messages use: those of its server, and its own.
package protocol NamedLimits: Sendable {
  init()
  var server: Limits { get set }
  /// Those of its own that can be changed.
  static var paths: [(name: String, path: WritableKeyPath<Self, Int>)] { get }
  /// Those of its own that cannot.
  var fixed: [(name: String, value: Int)] { get }
}

extension NamedLimits {
  /// In the order of `status`.
  package var named: [(name: String, value: Int)] { changeable + fixed }

  private var changeable: [(name: String, value: Int)] {
    var all = server.named
    let last = all.popLast()
    for (name, path) in Self.paths { all.append((name, self[keyPath: path])) }
    if let last { all.append(last) }
    return all
  }

  /// Names of the bounds that ``set(_:to:)`` changes.
  package var settable: [String] { changeable.map(\.name) }

  /// The bounds that are not as usual.
  package var changed: [(name: String, value: Int)] {
    var usual = Self().changeable.makeIterator()
    var changed: [(name: String, value: Int)] = []
    for bound in changeable where usual.next()?.value != bound.value { changed.append(bound) }
    return changed
  }

  /// - Returns: false where there is no such bound.
  package mutating func set(_ name: String, to value: Int) -> Bool {
    if let path = Limits.paths.first(where: { $0.name == name })?.path {
      server[keyPath: path] = value
    } else if let path = Self.paths.first(where: { $0.name == name })?.path {
      self[keyPath: path] = value
    } else {
      return false
    }
    return true
  }
}
