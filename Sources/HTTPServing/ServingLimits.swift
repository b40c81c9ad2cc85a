/// What serving over TCP may cost, beside what one connection may; see `HTTPLimits`.
package struct ServingLimits: Hashable, Sendable {
  /// Connections at a time; 256 unless told. Further clients wait in the system's queue.
  package var connectionCountMax = 256
  /// How long a client may take for the next 32 KiB of an answer, and for all of it beside a second for each 64 KiB of it;
  /// 30 s unless told.
  package var writeTimeMax = Duration.seconds(30)
  /// How long a client may take to close its end after the last answer; 2 s unless told.
  package var closeTimeMax = Duration.seconds(2)
  /// How long requests may take to be answered when the server is to end; 10 s unless told.
  package var drainTimeMax = Duration.seconds(10)

  package init() {}
}
