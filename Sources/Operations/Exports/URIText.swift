/// What text is a URI, as far as its characters and their places go. Source: RFC 3986, appendix A.
package enum URIText {
  /// Whether a text has a scheme and something after it; a fragment may follow.
  package static func isAbsolute(_ text: String) -> Bool {
    let parts = text.utf8.split(separator: 0x3A, maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, isScheme(parts[0]), !parts[1].isEmpty else { return false }
    let pieces = parts[1].split(separator: 0x23, omittingEmptySubsequences: false)
    guard pieces.count <= 2, pieces.allSatisfy(hasWholeEscapes) else { return false }
    let hierarchy = pieces[0].prefix { $0 != 0x3F }
    guard hierarchy.starts(with: "//".utf8) else { return parts[1].allSatisfy(isPlain) }
    let authority = hierarchy.dropFirst(2).prefix { $0 != 0x2F }
    return isAuthority(authority) && parts[1][authority.endIndex...].allSatisfy(isPlain)
  }

  /// Section 3.1.
  private static func isScheme(_ text: Substring.UTF8View) -> Bool {
    guard let first = text.first, isLetter(first) else { return false }
    return text.allSatisfy { isLetter($0) || isDigit($0) || "+-.".utf8.contains($0) }
  }

  /// Section 3.2: brackets stand around an address of a host, and nowhere else.
  private static func isAuthority(_ text: Substring.UTF8View) -> Bool {
    let at = text.firstIndex(of: 0x40)
    let host = at.map { text[text.index(after: $0)...] } ?? text
    guard text[..<(at ?? text.startIndex)].allSatisfy(isPlain), !host.contains(0x40) else {
      return false
    }
    guard host.first == 0x5B else { return host.allSatisfy(isPlain) }
    guard let end = host.firstIndex(of: 0x5D) else { return false }
    let address = host[..<end].dropFirst()
    let port = host[host.index(after: end)...]
    return !address.isEmpty && address.allSatisfy { isPlain($0) && $0 != 0x25 }
      && (port.isEmpty || (port.first == 0x3A && port.dropFirst().allSatisfy(isDigit)))
  }

  /// Section 2.1: `%` is followed by two hexadecimal digits.
  private static func hasWholeEscapes(_ text: Substring.UTF8View) -> Bool {
    text.split(separator: 0x25, omittingEmptySubsequences: false).dropFirst().allSatisfy {
      $0.count >= 2 && $0.prefix(2).allSatisfy(isHexadecimal)
    }
  }

  /// What may stand outside an authority: all but brackets.
  private static func isPlain(_ byte: UInt8) -> Bool {
    isLetter(byte) || isDigit(byte) || marks.contains(byte)
  }

  private static let marks = Set("-._~:/?#@!$&'()*+,;=%".utf8)

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    isDigit(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
  }
}
