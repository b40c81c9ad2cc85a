/// Puts a path between single quotes for a message.
///
/// Control characters and line separators are escaped: a file name can neither break a line of the log nor drive the
/// terminal.
package func quoted(_ path: String) -> String {
  var text = "'"
  for scalar in path.unicodeScalars {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator:
      text += "\\u{" + String(scalar.value, radix: 16) + "}"
    default:
      text.unicodeScalars.append(scalar)
    }
  }
  return text + "'"
}
