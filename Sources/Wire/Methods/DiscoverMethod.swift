/// `rpc.discover`: the OpenRPC document of protocol/openrpc.json.
///
/// Source: OpenRPC specification, "Service Discovery Method".
package enum DiscoverMethod {
  package static let name = "rpc.discover"
}
