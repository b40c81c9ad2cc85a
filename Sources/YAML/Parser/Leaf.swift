import Source

/// A scalar, an alias or a flow collection as it stands in block context, without its properties.
struct Leaf {
  var record: Int32
  /// It is a key whose `:` is missing, as the lines after it show.
  var isKey = false
}

extension Parser {
  /// ns-flow-node [161] or c-l+literal [170] or c-l+folded [174], which starts with `byte`.
  ///
  /// - Parameter isKeyPlace: whether a `:` may follow, so that this is a key.
  mutating func leaf(
    _ text: Span<UInt8>, _ request: Request, _ byte: UInt8, isKeyPlace: Bool
  ) -> Leaf {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      return Leaf(record: quoted(text, byte, indent: request.indent, isFlow: false, isKeyPlace))
    case UInt8(ascii: "*"):
      return Leaf(record: alias(text))
    case UInt8(ascii: "["), UInt8(ascii: "{"):
      return Leaf(record: flow(text, indent: request.indent))
    case UInt8(ascii: "|"), UInt8(ascii: ">"):
      if !request.isEntry { return Leaf(record: blockScalar(text, indent: request.indent)) }
      reportSyntax(at: at, at + 1, "a block scalar cannot be a key; write '? ' before it")
    case UInt8(ascii: "%"), UInt8(ascii: "@"), UInt8(ascii: "`"), UInt8(ascii: ","),
      UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: "#"):
      reportForbiddenStart(text, byte)
    default: break
    }
    return plain(text, request, mayLackColon: isKeyPlace && !request.isEntry)
  }
}
