/// What one connection may cost. Each has a name that problem documents give with its value.
package struct HTTPLimits: Hashable, Sendable {
  /// Bytes of a request line without its break; 16 KiB unless told.
  package var requestLineLengthMax = 16 << 10
  /// Bytes of a request target; 8 KiB unless told.
  package var targetLengthMax = 8 << 10
  /// Pairs of a query; 256 unless told.
  package var queryCountMax = 256
  /// Bytes of all field lines of one request, line breaks and the blank line included; 64 KiB unless told.
  package var headerLengthMax = 64 << 10
  /// Fields of one request; 100 unless told.
  package var headerCountMax = 100
  /// Bytes of one body, as it is without chunks; 16 MiB unless told.
  package var bodyLengthMax = 16 << 20
  /// Bytes of all chunk extensions of one body, semicolons included; 4 KiB unless told.
  package var chunkExtensionLengthMax = 4 << 10
  /// Bytes of all trailer lines of one body, line breaks and the blank line included; 8 KiB unless told.
  package var trailerLengthMax = 8 << 10
  /// Requests of one connection that are not answered yet; 16 unless told. Further ones wait unread.
  package var pipelinedCountMax = 16
  /// Bytes received that wait unread because too much is unanswered; 64 KiB unless told. Who is told to wait at this many
  /// is refused if more comes all the same.
  package var waitingInputLengthMax = 64 << 10
  /// Bytes of answers that wait to be taken before another request is handed out; 1 MiB unless told.
  package var waitingOutputLengthMax = 1 << 20
  /// From the first byte of a request to the end of its head; 10 s unless told.
  package var headTimeMax = Duration.seconds(10)
  /// From the end of a head to the end of its body; 60 s unless told.
  package var bodyTimeMax = Duration.seconds(60)
  /// Between the last answer and the next request; 60 s unless told.
  package var idleTimeMax = Duration.seconds(60)

  package init() {}
}
