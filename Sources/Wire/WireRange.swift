package import JSON

/// LSP `Position`: both 0-based; `character` counts code units of the agreed encoding.
package struct WirePosition: Hashable, Sendable {
  package var line: Int
  package var character: Int

  package init(line: Int, character: Int) {
    self.line = line
    self.character = character
  }

  package init(_ object: WireObject) throws(WireError) {
    line = try object.integer("line")
    character = try object.integer("character")
    guard line >= 0 else { throw object.refused("line", "a number that is not negative") }
    guard character >= 0 else { throw object.refused("character", "a number that is not negative") }
  }

  package var json: JSONValue {
    .object(["line": .number(JSONNumber(line)), "character": .number(JSONNumber(character))])
  }
}

/// LSP `Range`: half-open.
package struct WireRange: Hashable, Sendable {
  package var start: WirePosition
  package var end: WirePosition

  package init(start: WirePosition, end: WirePosition) {
    self.start = start
    self.end = end
  }

  package init(_ object: WireObject) throws(WireError) {
    start = try WirePosition(try object.object("start"))
    end = try WirePosition(try object.object("end"))
  }

  package var json: JSONValue { .object(["start": start.json, "end": end.json]) }
}

/// LSP `PositionEncodingKind`.
package enum PositionEncoding: String, CaseIterable, Sendable {
  case utf8 = "utf-8"
  case utf16 = "utf-16"
  case utf32 = "utf-32"
}
