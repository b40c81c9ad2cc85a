import FlowModel
import Source

/// Ids that parameters stand in, by what is written of them besides: each may be in the way of a name that begins and
/// ends so.
struct VariableNames {
  /// Ids that begin alike, by what they end with.
  private struct Endings {
    var groups: [ExactString: Int] = [:]
    var lengths: Set<Int> = []
  }

  private var beginnings: [ExactString: Endings] = [:]
  private var lengths: Set<Int> = []
  /// The parameters of ids that begin and end alike.
  private(set) var groups: [Causes] = []

  mutating func add(_ ends: (first: String, last: String), _ causes: [ExactString]) {
    lengths.insert(ends.first.utf8.count)
    let last = ExactString(ends.last)
    var endings = beginnings[ExactString(ends.first)] ?? Endings()
    let group = endings.groups[last] ?? groups.count
    if group == groups.count {
      endings.groups[last] = group
      endings.lengths.insert(ends.last.utf8.count)
      beginnings[ExactString(ends.first)] = endings
      groups.append(Causes())
    }
    groups[group].add(causes)
  }

  /// Places among ``groups`` of those whose ids may be `name`, in order.
  ///
  /// Complexity: O(length²), whatever the number of ids.
  func groups(of name: String) -> [Int] {
    if groups.isEmpty { return [] }
    let bytes = name.utf8
    var found: [Int] = []
    for first in lengths where first <= bytes.count {
      guard
        let endings = beginnings[
          ExactString(String(decoding: bytes.prefix(first), as: UTF8.self))]
      else { continue }
      for last in endings.lengths where first + last <= bytes.count {
        let ending = ExactString(String(decoding: bytes.suffix(last), as: UTF8.self))
        if let group = endings.groups[ending] { found.append(group) }
      }
    }
    return found.sorted()
  }
}

extension SourceText {
  /// What the text of a value begins and ends with, whatever the values of its parameters are.
  ///
  /// Less than there is where escapes stand in it.
  func ends(of node: DataNode) -> (first: String, last: String) {
    guard let text = node.string, node.range.end <= bytes.count else { return ("", "") }
    var written = bytes[node.range.start..<node.range.end]
    if let quote = written.first, quote == 0x22 || quote == 0x27, written.last == quote {
      written = written.dropFirst().dropLast()
    }
    let marks = "$}\\'\"\r\n".utf8
    guard let first = written.firstIndex(where: marks.contains),
      let last = written.lastIndex(where: marks.contains)
    else { return ("", "") }
    let beginning = written[..<first]
    let ending = written[(last + 1)...]
    return (
      text.utf8.starts(with: beginning) ? String(decoding: beginning, as: UTF8.self) : "",
      text.utf8.reversed().starts(with: ending.reversed())
        ? String(decoding: ending, as: UTF8.self) : ""
    )
  }
}
