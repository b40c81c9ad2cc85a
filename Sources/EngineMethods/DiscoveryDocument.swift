import JSON

/// The OpenRPC document, which the build takes from protocol/engine.openrpc.json.
enum DiscoveryDocument {
  /// Parsed once. A test holds the file to be valid, so that null never shows.
  static let json: JSONValue =
    (try? JSONDocument.parse(PackageResources.engine_openrpc_json).root) ?? .null
}
