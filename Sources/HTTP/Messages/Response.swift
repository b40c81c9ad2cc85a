/// An answer without what belongs to the connection: `Date`, `Content-Length` and `Connection` are written by it.
package struct Response: Sendable {
  /// Why a field could not be set.
  package enum Failure: Error, Hashable {
    case field(HeaderFields.Failure)
    /// The connection alone may write it.
    case reserved(name: String)
  }

  package let status: HTTPStatus
  package private(set) var fields: HeaderFields
  package let body: [UInt8]
  /// What has to last until the answer has been written, such as a share of what all answers may hold together.
  package var keeps: [any AnyObject & Sendable] = []

  package init(_ status: HTTPStatus) {
    self.status = status
    fields = HeaderFields()
    body = []
  }

  package init(_ status: HTTPStatus, _ type: MediaType, _ body: [UInt8]) {
    self.status = status
    fields = HeaderFields()
    fields.append(checked: "Content-Type", type.text)
    self.body = body
  }

  /// Sets a field, in place of all others of that name.
  ///
  /// - Throws: ``Failure``; nothing has changed.
  package mutating func set(_ name: String, to value: String) throws(Failure) {
    for reserved in Self.reserved where Grammar.isSame(reserved, name) {
      throw .reserved(name: reserved)
    }
    var fields = fields
    fields.remove(name)
    do {
      try fields.append(name, value)
    } catch {
      throw .field(error)
    }
    self.fields = fields
  }

  /// For a value that is known to be one.
  mutating func set(checked name: String, to value: String) {
    fields.remove(name)
    fields.append(checked: name, value)
  }

  /// What says where an answer ends and what becomes of the connection.
  private static let reserved = [
    "Connection", "Content-Length", "Date", "Keep-Alive", "Trailer", "Transfer-Encoding", "Upgrade",
  ]

  /// Appends the whole answer. Source: RFC 9112 section 4, RFC 9110 section 8.6.
  ///
  /// Nothing is kept by caches, and nothing is taken for another type, unless its fields say so.
  /// - Parameters:
  ///   - toHEAD: leaves the body out and keeps what is said of it.
  ///   - closing: says that the connection ends with this answer.
  func append(to output: inout [UInt8], unixSeconds: Int, toHEAD: Bool, closing: Bool) {
    output.append(contentsOf: "HTTP/1.1 \(status.rawValue) \(status.reason)\r\n".utf8)
    Self.append("Date", HTTPDate.text(unixSeconds: unixSeconds), to: &output)
    for field in fields.fields { Self.append(field.name, field.value, to: &output) }
    if !status.isBodiless { Self.append("Content-Length", "\(body.count)", to: &output) }
    if fields["Cache-Control"] == nil { Self.append("Cache-Control", "no-store", to: &output) }
    if fields["X-Content-Type-Options"] == nil {
      Self.append("X-Content-Type-Options", "nosniff", to: &output)
    }
    if closing { Self.append("Connection", "close", to: &output) }
    output.append(contentsOf: "\r\n".utf8)
    if !toHEAD, !status.isBodiless { output.append(contentsOf: body) }
  }

  private static func append(_ name: String, _ value: String, to output: inout [UInt8]) {
    output.append(contentsOf: name.utf8)
    output.append(contentsOf: ": ".utf8)
    output.append(contentsOf: value.utf8)
    output.append(contentsOf: "\r\n".utf8)
  }
}
