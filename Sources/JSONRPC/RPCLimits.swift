import JSON

/// What one connection may cost. Each has a name that error replies give with its value.
package struct RPCLimits: Hashable, Sendable {
  /// Bytes of one message: a body, or a line without its break; 64 MiB unless told.
  package var bodyLengthMax = 64 << 20
  /// Bytes of the header block before one body, line breaks included; 64 KiB unless told.
  package var headerLengthMax = 64 << 10
  /// Fields in one header block; 64 unless told.
  package var headerCountMax = 64
  /// Arrays and objects within one another in one message; 256 unless told.
  package var depthMax = JSONLimits().depthMax
  /// JSON values in one message; 4 million unless told.
  package var valueCountMax = JSONLimits().valueCountMax
  /// Messages in one batch; 1,000 unless told.
  package var batchCountMax = 1_000
  /// Bytes of the replies of one batch, which wait for its last; 64 MiB unless told.
  package var batchReplyLengthMax = 64 << 20
  /// Requests received and not yet answered; 1,000 unless told.
  package var requestCountMax = 1_000
  /// Lines kept for the log until they are taken; 100 unless told. What comes after is counted.
  package var logCountMax = 100

  package init() {}

  /// For one message.
  var json: JSONLimits {
    var limits = JSONLimits()
    limits.textLengthMax = bodyLengthMax
    limits.depthMax = depthMax
    limits.valueCountMax = valueCountMax
    return limits
  }
}
