import CommandLine
import JSON

/// The result of `diff` for people: a header, and a line or two for each change.
///
/// Source: docs/reference/cli.md, "diff".
struct DiffText {
  let old: String
  let new: String
  let color: Bool

  /// Longest value that stands on the line of its path, in code points.
  private static let shortLengthMax = 80
  /// Longest value that is shown whole, in code points; `--format json` has all of it.
  private static let lengthMax = 400

  private enum Style: String {
    case old = "31"
    case new = "32"
    case moved = "33"
    case path = "1"
    case place = "2"
  }

  func text(of result: JSONObject) -> String {
    let values = result["parameters"]?.arrayValue
    if result["equal"]?.boolValue == true, values?.isEmpty ?? true { return "no differences\n" }
    var text = paint("--- \(old)", .old) + "\n" + paint("+++ \(new)", .new) + "\n"
    if let values {
      text += paint("parameters", .path) + "\n" + lines(values)
      text += paint("model", .path) + "\n"
      for (name, member) in [("model_id: …_", "model_id_hash"), ("model_hash: ", "model_hash")] {
        let old = result["old"]?.objectValue?[member]?.stringValue ?? ""
        let new = result["new"]?.objectValue?[member]?.stringValue ?? ""
        if old != new { text += "\(name)\(paint(old, .old)) -> \(paint(new, .new))\n" }
      }
    }
    text += lines(result["changes"]?.arrayValue ?? [])
    if result["truncated"]?.boolValue == true {
      text += "there are more differences; only the first are shown\n"
    }
    return text
  }

  func lines(_ changes: [JSONValue]) -> String {
    changes.compactMap(\.objectValue).reduce(into: "") { $0 += lines($1) }
  }

  private func lines(_ change: JSONObject) -> String {
    let name = change["path"]?.stringValue ?? ""
    let path = paint(name.isEmpty ? "(the whole)" : name, .path)
    let place = place(change)
    var old = shown(change["old"])
    var new = shown(change["new"])
    switch change["kind"]?.stringValue {
    case "added":
      DiffText.cut(&new, from: 0)
      return "\(paint("+", .new)) \(path): \(paint(new, .new))\(place)\n"
    case "removed":
      DiffText.cut(&old, from: 0)
      return "\(paint("-", .old)) \(path): \(paint(old, .old))\(place)\n"
    case "moved":
      let from = DiffText.position(change["from"])
      let to = DiffText.position(change["pointer"])
      return "\(paint(">", .moved)) \(path): moved from place \(from) to \(to)\(place)\n"
    default:
      if old.count <= DiffText.shortLengthMax, new.count <= DiffText.shortLengthMax {
        return "~ \(path): \(paint(old, .old)) -> \(paint(new, .new))\(place)\n"
      }
      // What both begin with says nothing about the difference.
      let common = zip(old, new).prefix { $0 == $1 }.count
      DiffText.cut(&old, from: common)
      DiffText.cut(&new, from: common)
      return "~ \(path):\(place)\n"
        + "    \(paint(["-", " "] + old, .old))\n    \(paint(["+", " "] + new, .new))\n"
    }
  }

  /// A value as JSON that no terminal takes for a command.
  private func shown(_ value: JSONValue?) -> [UnicodeScalar] {
    var result: [UnicodeScalar] = []
    for scalar in (value?.text() ?? "").unicodeScalars {
      // JSON escapes those below a space.
      if (0x7F..<0xA0).contains(scalar.value) {
        result += "\\u00\(String(scalar.value, radix: 16))".unicodeScalars
      } else {
        result.append(scalar)
      }
    }
    return result
  }

  /// Leaves at most ``lengthMax`` code points, from a little before `start` where the beginning would not reach it.
  private static func cut(_ text: inout [UnicodeScalar], from start: Int) {
    guard text.count > lengthMax else { return }
    let first = start < lengthMax - 40 ? 0 : min(start, text.count) - 40
    let last = min(first + lengthMax, text.count)
    let dots: [UnicodeScalar] = ["…"]
    text = (first > 0 ? dots : []) + text[first..<last] + (last < text.count ? dots : [])
  }

  /// The last step of a pointer, as people count.
  private static func position(_ pointer: JSONValue?) -> String {
    let last = pointer?.stringValue?.split(separator: "/").last.flatMap { Int($0) } ?? 0
    return String(last.oneBased)
  }

  /// ` (line 3)`, ` (line 3, now 5)`; empty where there is no text.
  private func place(_ change: JSONObject) -> String {
    func line(_ name: String) -> Int? {
      change[name]?.objectValue?["start"]?.objectValue?["line"]?.numberValue?.integer?.oneBased
    }
    switch (line("oldRange"), line("newRange")) {
    case (let old?, let new?) where old != new: return paint(" (line \(old), now \(new))", .place)
    case (let line?, _), (nil, let line?): return paint(" (line \(line))", .place)
    case (nil, nil): return ""
    }
  }

  private func paint(_ text: [UnicodeScalar], _ style: Style) -> String {
    var string = ""
    string.unicodeScalars.append(contentsOf: text)
    return paint(string, style)
  }

  private func paint(_ text: String, _ style: Style) -> String {
    color ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
  }
}
