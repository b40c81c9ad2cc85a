/// A user's text in single quotes for a message: on one line, control characters escaped, at most 60 characters.
package func quoted(_ text: String) -> String {
  // Most are short words, in which nothing needs another spelling.
  if text.utf8.count <= 60, text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) {
    return "'" + text + "'"
  }
  var result = "'"
  for (count, scalar) in text.unicodeScalars.enumerated() {
    if count == 60 {
      result += "…"
      break
    }
    switch scalar {
    case "\n": result += "\\n"
    case "\r": result += "\\r"
    case "\t": result += "\\t"
    case _ where scalar.value < 0x20 || (scalar.value >= 0x7F && scalar.value < 0xA0):
      result += "\\u{\(String(scalar.value, radix: 16))}"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "'"
}

/// "1 bin", "3 bins", "2 probabilities".
package func counted(_ count: Int, _ noun: String, _ plural: String? = nil) -> String {
  "\(count) \(count == 1 ? noun : plural ?? noun + "s")"
}
