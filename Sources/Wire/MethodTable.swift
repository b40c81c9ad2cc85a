/// Every request and notification that a client may send to one program.
package struct MethodTable: Sendable {
  /// Names of requests, those of every server last; a test compares them with protocol/openrpc.json.
  package let requests: [String]
  /// Names of those that are refused to clients who may only read; see ``Method/writes``.
  package var writing: Set<String>

  /// - Parameters:
  ///   - requests: those of the program alone.
  ///   - notifications: those of the program alone.
  package init(requests own: [any Method.Type], notifications: [any Method.Type] = []) {
    requests =
      own.map { $0.name } + [
        StatusMethod.name, InitializeMethod.name, ShutdownMethod.name, EchoMethod.name,
        DiscoverMethod.name,
      ]
    writing = Set((own + notifications).filter { $0.writes }.map { $0.name })
  }
}
