/// A whole request, read and checked.
package struct Request: Sendable {
  /// Its place on the connection, from 0: what an answer names.
  package let number: Int
  /// Case matters, and any token is one: the ``Router`` says which are known.
  package let method: String
  package let target: RequestTarget
  /// The 0 or the 1 of HTTP/1.0 and HTTP/1.1.
  package let minorVersion: Int
  package let fields: HeaderFields
  /// Without chunks, as it is.
  package let body: [UInt8]

  /// Whether it asks for something and nothing more: GET or HEAD.
  var isRead: Bool {
    method.utf8.elementsEqual("GET".utf8) || method.utf8.elementsEqual("HEAD".utf8)
  }

  /// Host and port as the client named them; nil only from HTTP/1.0.
  package var host: String? { fields["Host"] }
}
