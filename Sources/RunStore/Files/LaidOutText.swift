import JSON

/// Writes JSON in the layout of the files of a run: a member a line, and what lists hold on one line each.
struct LaidOutText {
  private(set) var bytes: [UInt8] = []
  private var depth = 0
  private var isFirst = true

  static func object(_ members: (inout LaidOutText) -> Void) -> [UInt8] {
    var text = LaidOutText()
    text.braces(members)
    return text.bytes
  }

  mutating func member(_ name: String, _ value: JSONValue) {
    begin(name)
    value.append(to: &bytes)
  }

  mutating func member(_ name: String, _ members: (inout LaidOutText) -> Void) {
    begin(name)
    braces(members)
  }

  /// A list with an object a line, `{"id": "a", "unit": "b"}`. An empty list holds an empty line.
  mutating func list(_ name: String, _ rows: [[(String, String)]]) {
    begin(name)
    bytes.append(UInt8(ascii: "["))
    for (index, row) in rows.enumerated() {
      append(index == 0 ? "\n" : ",\n")
      indent(depth + 1)
      append("{")
      for (place, member) in row.enumerated() {
        if place > 0 { append(", ") }
        JSONWriter.append(string: member.0, to: &bytes)
        append(": ")
        JSONWriter.append(string: member.1, to: &bytes)
      }
      append("}")
    }
    if rows.isEmpty { append("\n") }
    append("\n")
    indent(depth)
    append("]")
  }

  /// A list of objects that are laid out themselves.
  mutating func list<Element>(
    _ name: String, of elements: [Element], _ members: (Element, inout LaidOutText) -> Void
  ) {
    begin(name)
    append("[")
    depth += 1
    for (index, element) in elements.enumerated() {
      append(index == 0 ? "\n" : ",\n")
      indent(depth)
      braces { members(element, &$0) }
    }
    depth -= 1
    if elements.isEmpty { append("\n") }
    append("\n")
    indent(depth)
    append("]")
  }

  private mutating func braces(_ members: (inout LaidOutText) -> Void) {
    append("{")
    let wasFirst = isFirst
    isFirst = true
    depth += 1
    members(&self)
    depth -= 1
    isFirst = wasFirst
    append("\n")
    indent(depth)
    append("}")
  }

  private mutating func begin(_ name: String) {
    append(isFirst ? "\n" : ",\n")
    isFirst = false
    indent(depth)
    JSONWriter.append(string: name, to: &bytes)
    append(": ")
  }

  private mutating func indent(_ depth: Int) {
    bytes.append(contentsOf: repeatElement(0x20, count: 2 * depth))
  }

  private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }
}
