import FlowModel
import JSON
import JSONRPC
import Server

/// How an event is written.
package enum LogFormat: String, CaseIterable, Sendable {
  case text, json

  /// One line with its break.
  ///
  /// - Parameter program: stands in a text in place of the time and the level, for who reads stderr has a clock; nil in a
  ///   file, which has both.
  func line(_ event: LogEvent, at time: Timestamp, of program: String?) -> [UInt8] {
    var line: [UInt8]
    switch self {
    case .json: line = LogFormat.json(event, at: time).serialized()
    case .text:
      let start = program ?? "\(time.rfc3339) \(event.level.rawValue)"
      line = Array("\(start): \(LogFormat.oneLine(event.message))\(LogFormat.details(event))".utf8)
    }
    line.append(0x0A)
    return line
  }

  /// Longest name of a method and longest id that are written: clients choose them.
  private static let wordLengthMax = 64

  private static func json(_ event: LogEvent, at time: Timestamp) -> JSONValue {
    JSONObject.present([
      ("time", .string(time.rfc3339)), ("level", .string(event.level.rawValue)),
      ("event", .string(event.name)),
      ("connection", event.connection.map { .number(JSONNumber($0)) }),
      ("method", event.method.map { .string(cut($0)) }), ("id", event.id.map(id)),
      (
        "milliseconds",
        event.duration.flatMap { JSONNumber(milliseconds($0)) }.map(JSONValue.number)
      ),
      ("bytes", event.length.map { .number(JSONNumber($0)) }),
      ("message", .string(event.message)),
    ])
  }

  private static func details(_ event: LogEvent) -> String {
    var parts: [String] = []
    if let connection = event.connection { parts.append("connection \(connection)") }
    if let method = event.method { parts.append("method \(oneLine(cut(method)))") }
    if let id = event.id { parts.append("id \(self.id(id).text(.compact))") }
    if let duration = event.duration { parts.append("\(milliseconds(duration)) ms") }
    if let length = event.length { parts.append("\(length) bytes") }
    return parts.isEmpty ? "" : " (" + parts.joined(separator: ", ") + ")"
  }

  private static func id(_ id: RequestID) -> JSONValue {
    if case .string(let text) = id { return .string(cut(text)) }
    return id.json
  }

  private static func cut(_ text: String) -> String {
    text.utf8.count <= wordLengthMax
      ? text : String(decoding: text.utf8.prefix(wordLengthMax), as: UTF8.self) + "…"
  }

  /// To the microsecond.
  private static func milliseconds(_ duration: Duration) -> Double {
    let parts = duration.components
    let microseconds = parts.seconds * 1_000_000 + parts.attoseconds / 1_000_000_000_000
    return Double(microseconds) / 1000
  }

  /// Without control characters, which could break the line or drive a terminal.
  private static func oneLine(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) { return text }
    return text.unicodeScalars.reduce(into: "") { line, scalar in
      if scalar.value < 0x20 || scalar.value == 0x7F {
        line += "\\u{" + String(scalar.value, radix: 16) + "}"
      } else {
        line.unicodeScalars.append(scalar)
      }
    }
  }
}
