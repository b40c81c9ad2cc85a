import Source

/// A reference to a parameter as other programs write it: `$name`, `{name}`, `{{ name }}`.
enum ForeignReference {
  /// The reference that is meant, if the text is nothing but one and a parameter has the name.
  static func meant(by text: String, among parameters: [ExactString]) -> String? {
    var rest = Substring(text)
    if rest.utf8.first == UInt8(ascii: "$") {
      rest = rest.dropFirst()
    } else {
      var depth = 0
      while depth < 2, rest.utf8.first == UInt8(ascii: "{"), rest.utf8.last == UInt8(ascii: "}") {
        rest = rest.dropFirst().dropLast()
        depth += 1
      }
      guard depth > 0 else { return nil }
      while rest.utf8.first == 0x20 { rest = rest.dropFirst() }
      while rest.utf8.last == 0x20 { rest = rest.dropLast() }
    }
    let name = String(rest)
    return parameters.contains(ExactString(name)) ? "${\(name)}" : nil
  }
}
