package import HTTP
import JSON

/// Whom a request may be meant for, and from which pages it may come.
///
/// A page of another site can have a browser send requests to this machine. By a name of its own that leads here it could
/// even read the answers (DNS rebinding); a number or `localhost` cannot be such a name.
package struct HostPolicy: Sendable {
  private let names: [String]

  /// - Parameter names: by which the server is called beside `localhost` and numbers; without ports.
  package init(names: [String] = []) {
    self.names = names
  }

  /// The answer to a request that is not to be served; nil for one that is.
  package func refusal(of request: Request) -> Response? {
    let host = request.fields["Host"]
    if let host, !isOurs(Self.name(of: host)) {
      return Self.problem(
        .misdirectedRequest, "host-unknown", "this server is not called so; its names can be given",
        request)
    }
    let isRead = ["GET", "HEAD", "OPTIONS"].contains { $0.utf8.elementsEqual(request.method.utf8) }
    guard !isRead, let origin = request.fields["Origin"] else { return nil }
    guard isFriendly(origin, host: host) else {
      return Self.problem(
        .forbidden, "origin-foreign", "pages of other sites may not change anything here", request)
    }
    return nil
  }

  private static func problem(
    _ status: HTTPStatus, _ kind: String, _ detail: String, _ request: Request
  ) -> Response {
    var problem = Problem(status, detail, instance: request.target.text)
    problem.extensions.append(("kind", .string(kind)))
    return problem.response
  }

  private func isListed(_ name: String) -> Bool {
    Self.isSame(name, "localhost") || names.contains { Self.isSame($0, name) }
  }

  private func isOurs(_ name: String) -> Bool {
    isListed(name) || name.utf8.first == UInt8(ascii: "[") || Self.number(name) != nil
  }

  /// Whether a page is of this machine, of the server's own, or of one of its names.
  private func isFriendly(_ origin: String, host: String?) -> Bool {
    let parts = origin.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard parts.count == 3, parts[1].isEmpty, parts[0].last == UInt8(ascii: ":") else {
      return false
    }
    let authority = String(Substring(parts[2]))
    if let host, Self.isSame(host, authority) { return true }
    let name = Self.name(of: authority)
    return isListed(name) || name.utf8.elementsEqual("[::1]".utf8)
      || Self.number(name)?.first == 127
  }

  /// Without the port.
  private static func name(of authority: String) -> String {
    let bytes = authority.utf8
    if bytes.first == UInt8(ascii: "["), let end = bytes.firstIndex(of: UInt8(ascii: "]")) {
      return String(Substring(bytes[...end]))
    }
    return String(Substring(bytes.prefix { $0 != UInt8(ascii: ":") }))
  }

  /// Four numbers from 0 to 255; nil for everything else.
  private static func number(_ name: String) -> [UInt8]? {
    let parts = name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let numbers = parts.compactMap { part in
      part.allSatisfy { $0 &- 0x30 < 10 } ? UInt8(String(Substring(part))) : nil
    }
    return parts.count == 4 && numbers.count == 4 ? numbers : nil
  }

  /// But for the case of A to Z.
  private static func isSame(_ left: String, _ right: String) -> Bool {
    func lowered(_ text: String) -> [UInt8] {
      text.utf8.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
    }
    return lowered(left) == lowered(right)
  }
}
