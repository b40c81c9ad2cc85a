package import Source

/// One JSON text, read.
///
/// The whole of RFC 8259 and nothing more, in UTF-8 without a byte order mark. What the RFC leaves open:
/// - A member name that comes again gives the first place the last value; ``duplicateNames`` tells.
/// - Half a surrogate pair (`"\ud800"`) is refused: no UTF-8 text can hold it.
/// - A number keeps its spelling, whatever its size.
package struct JSONDocument: Sendable {
  package let root: JSONValue
  /// Each member name that its object has had before, quotes included, in the order of the text.
  package let duplicateNames: [ByteRange]

  /// - Throws: ``JSONFailure`` at the first byte that cannot belong to a value.
  ///
  /// Source: RFC 8259. Complexity: O(bytes).
  package static func parse(
    _ bytes: Span<UInt8>, limits: JSONLimits = JSONLimits()
  ) throws(JSONFailure) -> JSONDocument {
    var parser = JSONParser(limits: limits)
    let root = try parser.text(bytes)
    return JSONDocument(root: root, duplicateNames: parser.duplicateNames)
  }

  package static func parse(
    _ bytes: [UInt8], limits: JSONLimits = JSONLimits()
  ) throws(JSONFailure) -> JSONDocument {
    try parse(bytes.span, limits: limits)
  }
}
