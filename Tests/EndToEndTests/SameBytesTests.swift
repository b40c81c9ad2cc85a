import Foundation
import JSON
import Testing

/// One request, as the command line and as JSON-RPC say it. The clock is fixed in each.
private struct Request: CustomTestStringConvertible {
  let testDescription: String
  let arguments: [String]
  let params: JSONObject
}

private let time = "2025-09-25T12:00:00.25Z"

/// Letters that other locales and normal forms treat in their own way.
private let template = """
  schemaVersion: 1
  metadata: {id: istanbul, title: "İIıi e\u{301}é", version: "1.10"}
  parameters:
    - {name: rate, type: number, default: 1.5}
    - {name: note, type: string, default: "TITLE"}
    - {name: pattern, type: array, default: [0.1, 1e21, -0.0]}
  grid: {bins: 3, binSize: 1, binUnit: hours}
  nodes:
    - {id: inflow, kind: const, values: "${pattern}"}
    - {id: scaled, kind: expr, expr: "inflow * ${rate}"}
  outputs:
    - {series: scaled, as: scaled.csv}

  """

private let requests = [
  Request(
    testDescription: "a bundled template", arguments: ["it-system-microservices"],
    params: ["templateId": "it-system-microservices"]),
  Request(
    testDescription: "values of every type",
    arguments: [
      "it-system-microservices", "--params", "bins=5", "backupShare=0.25", "binUnit=days",
      "requestPattern=[1, 2.50, 3e2]",
    ],
    params: [
      "templateId": "it-system-microservices",
      "parameters": [
        "bins": 5, "backupShare": .number(JSONNumber(0.25) ?? 0), "binUnit": "days",
        "requestPattern": [
          1, .number(JSONNumber(spelling: "2.50") ?? 0), .number(JSONNumber(spelling: "3e2") ?? 0),
        ],
      ],
    ]),
  Request(
    testDescription: "a template of one's own", arguments: ["istanbul.yaml"],
    params: ["template": .string(template)]),
  Request(
    testDescription: "an embedded record",
    arguments: ["istanbul.yaml", "--params", "note=yes", "--embed-provenance"],
    params: [
      "template": .string(template), "parameters": ["note": "yes"], "embedProvenance": true,
    ]),
  Request(
    testDescription: "an embedded record in camel case",
    arguments: [
      "network-reliability", "--embed-provenance", "--provenance-naming", "camelCase",
    ],
    params: [
      "templateId": "network-reliability", "embedProvenance": true,
      "provenanceNaming": "camelCase",
    ]),
]

private let surroundings: [[String: String]] = [
  [:],
  ["LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "TZ": "Asia/Kathmandu"],
  ["LC_ALL": "C", "TZ": "America/St_Johns"],
]

@Test(arguments: requests)
private func `the same request gives the same bytes, whoever asks and wherever`(request: Request)
  throws
{
  try TemporaryDirectory.make { directory in
    try directory.write("istanbul.yaml", template)
    let start = ["generate", "--generated-at", time, "--output", "m.yaml", "--template"]
    // Only a separate record can go to a file.
    let hasRecord = !request.arguments.contains("--embed-provenance")
    let arguments = start + request.arguments + (hasRecord ? ["--provenance", "p.json"] : [])
    let first = try Program.run(arguments, in: directory.path)
    #expect(first.status == 0, "\(first.notices)")
    let model = try directory.read("m.yaml")
    let record = hasRecord ? try directory.read("p.json") : nil
    var params = request.params
    params["generatedAt"] = .string(time)
    var replies: Set<JSONValue> = []

    func check(_ result: JSONObject, _ way: String) throws {
      let text = try #require(result["model"]?.stringValue)
      #expect(Array(text.utf8) == model, "\(way)")
      if let record {
        #expect((result["provenance"] ?? .null).serialized(.pretty) + [0x0A] == record, "\(way)")
      }
      replies.insert(.object(result))
    }

    for environment in surroundings {
      let way = environment["TZ"] ?? "UTC"
      let again = try Program.run(arguments, in: directory.path, environment: environment)
      #expect(again.status == 0, "\(again.notices)")
      #expect(try directory.read("m.yaml") == model, "\(way)")
      if hasRecord { #expect(try directory.read("p.json") == record, "\(way)") }
      for framing in WireFraming.allCases {
        let program = try Program(["serve", "--stdio"], environment: environment)
        let conversation = Conversation(program, framing)
        try check(conversation.call("generate", .object(params)), "\(way), stdio, \(framing)")
        #expect(try program.finish().status == 0)
      }
      try Daemon.run(in: directory, environment: environment) { daemon in
        for framing in WireFraming.allCases {
          try check(
            daemon.connect(framing).call("generate", .object(params)), "\(way), socket, \(framing)")
        }
        let client = try Program.run(
          arguments + ["--socket", daemon.path], in: directory.path, environment: environment)
        #expect(client.status == 0, "\(client.notices)")
        #expect(try directory.read("m.yaml") == model, "\(way), command with --socket")
        if hasRecord { #expect(try directory.read("p.json") == record) }
      }
    }
    #expect(replies.count == 1)
  }
}
