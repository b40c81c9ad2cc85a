/// A name for the bytes of an answer, by which a client asks whether they are still the same.
///
/// Source: RFC 9110 sections 8.8.3 and 13.1.2.
package struct EntityTag: Sendable {
  /// With its quotes: two answers with this tag have the same bytes.
  package let text: String

  /// - Parameter opaque: Anything of visible ASCII but quotes, such as a hash.
  /// - Returns: nil if another character is in it.
  package init?(_ opaque: String) {
    guard opaque.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x22 }) else { return nil }
    text = "\"\(opaque)\""
  }

  /// Whether `If-None-Match` names this tag or any, weak or not. What cannot be read names nothing.
  package func isNamed(in fields: HeaderFields) -> Bool {
    fields.values(of: "If-None-Match").contains(where: isNamed)
  }

  private func isNamed(in value: String) -> Bool {
    if value.utf8.elementsEqual("*".utf8) { return true }
    var rest = Array(value.utf8)[...]
    while true {
      rest = rest.drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x2C }
      if rest.starts(with: "W/".utf8) { rest = rest.dropFirst(2) }
      guard rest.first == 0x22, let end = rest.dropFirst().firstIndex(of: 0x22) else {
        return false
      }
      if rest[...end].elementsEqual(text.utf8) { return true }
      rest = rest[(end + 1)...]
    }
  }
}

extension Response {
  /// An answer that a client may keep and ask about again: a stored file. If the request names the tag, its body stays
  /// here (304).
  ///
  /// Caches ask each time whether it is still the same, unless `cacheControl` says otherwise.
  package static func stored(
    _ type: MediaType, _ body: [UInt8], tag: EntityTag, for request: Request,
    cacheControl: CacheControl = .revalidated
  ) -> Response {
    let isKnown = request.isRead && tag.isNamed(in: request.fields)
    var response = isKnown ? Response(.notModified) : Response(.ok, type, body)
    response.set(checked: "ETag", to: tag.text)
    response.set(checked: "Cache-Control", to: cacheControl.rawValue)
    return response
  }

  /// What others than the client may do with a stored answer.
  package enum CacheControl: String, Sendable {
    /// Nothing; what every other answer says.
    case none = "no-store"
    /// Keep it, and ask each time whether it is still the same.
    case revalidated = "private, no-cache"
    /// Keep it for a year without asking: what stands under this path never changes.
    case immutable = "private, max-age=31536000, immutable"
  }
}
