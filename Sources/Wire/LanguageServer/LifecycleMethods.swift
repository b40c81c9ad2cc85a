/// LSP `shutdown`: nothing but `exit` follows.
package enum ShutdownMethod: Method {
  package static let name = "shutdown"
  package typealias Params = Nothing
  package typealias Result = Nothing
}

/// Names of LSP's notifications that carry nothing this server needs.
package enum LifecycleMethods {
  package static let initialized = "initialized"
  package static let exit = "exit"
  package static let setTrace = "$/setTrace"
  package static let cancelRequest = "$/cancelRequest"
}
