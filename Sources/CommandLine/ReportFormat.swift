import JSON

/// How findings leave the program: for people, or for other programs.
package enum ReportFormat: String, CaseIterable {
  case text, json, sarif

  package init(_ invocation: Invocation, _ option: Option = .format) throws(Stop) {
    let name = try invocation.choice(
      option, of: ReportFormat.allCases.map(\.rawValue), default: "text")
    self = ReportFormat(rawValue: name) ?? .text
  }

  /// Shows findings: text on stderr, the others on stdout.
  ///
  /// - Parameter program: who has found them.
  package func show(_ reports: [Report], by program: Program) throws(Stop) {
    switch self {
    case .text:
      for report in reports where !report.diagnostics.isEmpty {
        // The text ends its last line itself.
        Terminal.notice(String(report.text(color: Terminal.hasColor).dropLast()))
      }
    case .json: try Terminal.output(ReportFormat.json(reports).text(.pretty) + "\n")
    case .sarif: try Terminal.output(ReportFormat.sarif(reports, program).text(.pretty) + "\n")
    }
  }

  /// An array of `{file, diagnostics}`; positions count code points from 0, as LSP's do.
  private static func json(_ reports: [Report]) -> JSONValue {
    .array(
      reports.map { report in
        .object([
          "file": .string(report.name),
          "diagnostics": .array(report.diagnostics.map(JSONValue.object)),
        ])
      })
  }

  /// SARIF 2.1.0 (OASIS): one run, one result a finding.
  private static func sarif(_ reports: [Report], _ program: Program) -> JSONValue {
    let results = reports.flatMap { report in report.diagnostics.map { result($0, in: report.name) }
    }
    return [
      "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
      "version": "2.1.0",
      "runs": [
        [
          "tool": [
            "driver": [
              "name": .string(program.name), "version": .string(program.version),
            ]
          ],
          "columnKind": "unicodeCodePoints",
          "results": .array(results),
        ]
      ],
    ]
  }

  /// A path as a relative URI reference (RFC 3986 section 4.2): all but unreserved characters and `/` in percents.
  private static func uri(_ path: String) -> String {
    var text = ""
    for byte in path.utf8 {
      let isPlain =
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
        || "-._~/".utf8.contains(byte)
      if isPlain {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        text += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
      }
    }
    return text
  }

  private static func result(_ diagnostic: JSONObject, in name: String) -> JSONValue {
    let levels = ["error", "warning", "note", "note"]
    let severity = diagnostic["severity"]?.numberValue?.integer ?? 1
    func one(_ value: JSONValue?) -> JSONValue {
      .number(JSONNumber((value?.numberValue?.integer ?? 0).oneBased))
    }
    let start = diagnostic["range"]?.objectValue?["start"]?.objectValue
    let end = diagnostic["range"]?.objectValue?["end"]?.objectValue
    return [
      "ruleId": diagnostic["code"] ?? .null,
      "level": .string(levels.indices.contains(severity - 1) ? levels[severity - 1] : "none"),
      "message": ["text": diagnostic["message"] ?? ""],
      "locations": [
        [
          "physicalLocation": [
            "artifactLocation": ["uri": .string(uri(name))],
            "region": [
              "startLine": one(start?["line"]), "startColumn": one(start?["character"]),
              "endLine": one(end?["line"]), "endColumn": one(end?["character"]),
            ],
          ]
        ]
      ],
    ]
  }
}
