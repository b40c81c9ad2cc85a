package import JSON

/// A call that somebody must carry out.
package enum Incoming: Hashable, Sendable {
  /// Wants exactly one ``RPCConnection/reply(to:with:)``. The params are an array, an object or nil.
  case request(RequestKey, method: String, params: JSONText?)
  /// Gets no answer, not even to an error.
  case notification(method: String, params: JSONText?)
}
