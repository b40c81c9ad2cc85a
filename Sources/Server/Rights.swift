import JSON
package import JSONRPC
import Source

/// What a connection may ask for.
package enum Rights: Hashable, Sendable {
  case full
  /// Nothing that ``Method/writes``.
  case readOnly
}

extension RPCError {
  /// Source: docs/guides/integrator.md, "Errors".
  package static func readOnly(_ method: String) -> RPCError {
    RPCError(
      code: Code.requestFailed,
      message: "\(quoted(method)) writes, and this connection may only read (--read-only)",
      kind: "requestFailed", ["flag": "--read-only"])
  }
}
