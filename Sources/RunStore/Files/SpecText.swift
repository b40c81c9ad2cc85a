/// The model text with each name of a written series replaced by where that series is, which is spec.yaml.
///
/// Line by line, and every other byte as it was: only a line that is `key: value` with one of the keys of topology
/// semantics is replaced. Inline mappings and lines with a comment behind the value stay.
enum SpecText {
  private static let keys: Set<String> = [
    "arrivals", "served", "errors", "queueDepth", "capacity", "attempts", "failures",
    "exhaustedFailures", "retryEcho", "retryBudgetRemaining", "externalDemand",
    "processingTimeMsSum", "servedCount", "latencyMinutes",
  ]

  /// - Parameter series: The totals are what is named.
  static func make(_ model: [UInt8], series: [StoredSeries]) -> [UInt8] {
    var ids: [[UInt8]: String] = [:]
    for item in series where item.classKind == "fallback" {
      ids[Array(item.id.utf8.prefix { $0 != UInt8(ascii: "@") })] = item.id
    }
    var text: [UInt8] = []
    text.reserveCapacity(model.count + 1024)
    var isFirst = true
    for line in model.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      if !isFirst { text.append(UInt8(ascii: "\n")) }
      isFirst = false
      append(line, ids, to: &text)
    }
    return text
  }

  private static func append(
    _ line: ArraySlice<UInt8>, _ ids: [[UInt8]: String], to text: inout [UInt8]
  ) {
    let content = trimmed(line)
    guard let colon = content.firstIndex(of: UInt8(ascii: ":")),
      keys.contains(String(decoding: content[..<colon], as: UTF8.self))
    else {
      text.append(contentsOf: line)
      return
    }
    var value = trimmed(content[(colon + 1)...])
    if value.count >= 2, value.first == UInt8(ascii: "\""), value.last == UInt8(ascii: "\"") {
      value = value.dropFirst().dropLast()
    }
    guard let id = ids[Array(value)] else {
      text.append(contentsOf: line)
      return
    }
    text.append(contentsOf: line[..<content.startIndex])
    text.append(contentsOf: content[..<colon])
    text.append(contentsOf: Array(": \"file:series/\(id).csv\"".utf8))
    if line.last == UInt8(ascii: "\r") { text.append(UInt8(ascii: "\r")) }
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var bytes = bytes
    while let first = bytes.first, isBlank(first) { bytes.removeFirst() }
    while let last = bytes.last, isBlank(last) { bytes.removeLast() }
    return bytes
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0D
  }
}
