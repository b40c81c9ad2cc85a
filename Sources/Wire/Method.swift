package import JSON

/// A request or notification of the protocol: its name and the shape of what goes in and comes out.
///
/// One type for each, in a file of its own; protocol/openrpc.json describes the same, and a test compares the two.
package protocol Method {
  associatedtype Params: WireParams
  associatedtype Result: WireResult
  static var name: String { get }
  /// Names of the members of `params` among which one that is not known is looked for; empty where none is, as in LSP's
  /// own methods. protocol/openrpc.json has the same, and a test compares the two.
  static var members: [String] { get }
  /// Whether it changes anything that outlasts its connection, such as a file or what other clients are told: then it is
  /// refused to those who may only read. Open documents belong to their connection.
  static var writes: Bool { get }
}

extension Method {
  package static var writes: Bool { false }
  package static var members: [String] { [] }
}

/// What a method takes, read from `params`.
package protocol WireParams: Sendable {
  /// - Throws: ``WireError`` naming the member that is missing or of the wrong type. Members that are not known are
  ///   ignored, as LSP asks; those that are nearly known are refused before.
  init(params: WireObject) throws(WireError)
}

/// What a method answers, written as `result`.
package protocol WireResult: Sendable {
  var json: JSONValue { get }
}

/// `params` do not have the shape of their method.
package struct WireError: Error, Hashable, Sendable {
  /// As a sentence for `error.message`: "params.templateId: expected a string".
  package let message: String

  package init(_ message: String) {
    self.message = message
  }
}

/// Params of methods that take none, and results that say nothing.
package struct Nothing: WireParams, WireResult {
  package init() {}
  package init(params: WireObject) {}
  package var json: JSONValue { .null }
}
