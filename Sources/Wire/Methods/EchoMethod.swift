/// `echo`: answers its params, so that a harness can measure the transport.
package enum EchoMethod {
  package static let name = "echo"
}
