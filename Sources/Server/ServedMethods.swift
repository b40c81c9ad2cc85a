package import JSON
package import JSONRPC
package import Wire

/// What one program serves beside what every server does; all connections share it.
package protocol ServedMethods: Sendable {
  /// What `initialize`, `status` and recordings call the program.
  var programName: String { get }
  var programVersion: String { get }
  var table: MethodTable { get }
  /// The OpenRPC document, which answers `rpc.discover`.
  var discovery: JSONValue { get }
  var limits: any NamedLimits { get }
  var surroundings: Service.Surroundings { get }
  /// What it has counted itself; in `status` behind what every server counts.
  var counters: [(name: String, value: Int)] { get }
  /// Who is called when ``MethodHandlers/news()`` of clients may have something to tell.
  var watchers: Watchers { get }

  /// - Parameter connection: its number among those of the process, from 1.
  func handlers(connection: Int) -> any MethodHandlers

  /// Whether the result of a request depends on the time, so that a recording leaves parts of it open.
  func dependsOnTime(_ method: String, _ params: JSONObject?) -> Bool
  /// What a recording has in place of some texts of a reply, one after the other, in the notation of protocol/transcripts.
  ///
  /// - Parameter result: of a request that ``dependsOnTime(_:_:)``.
  func openings(of result: JSONObject) -> [(text: String, opened: String)]
  /// What a recording says in place of a notification to the client that cannot be played; nil where it can.
  func remark(inPlaceOf notification: String) -> String?
}

extension ServedMethods {
  package var counters: [(name: String, value: Int)] { [] }
  package func dependsOnTime(_ method: String, _ params: JSONObject?) -> Bool { false }
  package func openings(of result: JSONObject) -> [(text: String, opened: String)] { [] }
  package func remark(inPlaceOf notification: String) -> String? { nil }
}

/// Answers one client: a value, so that work in the background has the state as it was when its request came.
package protocol MethodHandlers: Sendable {
  /// - Returns: what the program and the client agree on.
  mutating func initialize(_ params: InitializeMethod.Params) -> InitializeMethod.Capabilities

  /// Bytes that a request is about; 0 for one whose answer never takes long. With more than `inlineLengthMax` it is
  /// answered in the background.
  func length(of method: String, _ params: JSONValue?) -> Int

  /// Whether a request for a method that ``Method/writes`` is one that does, so that it is refused to those who may only
  /// read.
  func writes(_ method: String, _ params: JSONValue?) -> Bool

  /// - Throws: the error that answers the request, ``RPCError/methodNotFound(_:)`` for one that nobody knows.
  func answer(_ method: String, _ params: JSONValue?) throws(RPCError) -> JSONValue

  /// Answers a long request, on any thread.
  ///
  /// - Throws: the error that answers the request.
  func answer(_ method: String, _ params: JSONValue?, watchedBy watch: WorkWatch)
    throws(RPCError) -> JSONValue

  /// Takes a notification; one that nobody knows is ignored.
  ///
  /// - Returns: what the client is to be told of; nil where nothing is.
  /// - Throws: what the log says of it.
  mutating func notice(_ method: String, _ params: JSONValue?) throws(RPCError) -> DocumentNews?

  /// These handlers with the state as it is now, to answer later.
  var pinnedHere: Self { get }

  /// Has the messages that have arrived see what all clients share as it stands now.
  mutating func refresh()

  /// Gives back what is only held to answer the next message sooner.
  mutating func release()

  /// What has changed, among that which the client asked for at `initialize`, since it was told last: notifications.
  mutating func news() -> [(method: String, params: JSONValue)]

  /// What `status` says before the limits.
  var status: [JSONMember] { get }
}

extension MethodHandlers {
  package mutating func initialize(_ params: InitializeMethod.Params)
    -> InitializeMethod.Capabilities
  { InitializeMethod.Capabilities() }
  package func length(of method: String, _ params: JSONValue?) -> Int { 0 }
  package func writes(_ method: String, _ params: JSONValue?) -> Bool { true }
  package func answer(_ method: String, _ params: JSONValue?, watchedBy watch: WorkWatch)
    throws(RPCError) -> JSONValue
  { try answer(method, params) }
  package mutating func notice(_ method: String, _ params: JSONValue?) throws(RPCError)
    -> DocumentNews?
  { nil }
  package var pinnedHere: Self { self }
  package mutating func refresh() {}
  package mutating func release() {}
  package mutating func news() -> [(method: String, params: JSONValue)] { [] }
  package var status: [JSONMember] { [] }
}

/// What a client is to be told of a document, for it says something else now.
package struct DocumentNews {
  package enum Diagnostics {
    /// The params of the notification.
    case found(JSONValue)
    case toFind(BackgroundWork.Body)
  }

  package let uri: String
  package let diagnostics: Diagnostics

  package init(uri: String, diagnostics: Diagnostics) {
    self.uri = uri
    self.diagnostics = diagnostics
  }
}

extension Method {
  /// Reads the params of a request or notification.
  ///
  /// - Throws: the error that answers it, naming the member at fault.
  package static func read(_ params: JSONValue?) throws(RPCError) -> Params {
    try MisspeltMember.refuse(params, members)
    do throws(WireError) {
      return try Params(params: try WireObject(params: params))
    } catch {
      throw .invalidParams(error.message)
    }
  }

  /// Answers a request.
  ///
  /// - Throws: the error that answers it.
  package static func answer(
    _ params: JSONValue?, _ handle: (Params) throws(RPCError) -> Result
  ) throws(RPCError) -> JSONValue {
    try handle(try read(params)).json
  }
}
