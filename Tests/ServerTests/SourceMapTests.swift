import JSON
import Source
import TestSupport
import Testing

/// A source map as a client reads it: docs/reference/source-map.md.
private struct ReadMap {
  struct Node: Equatable {
    let model: Range<Int>
    let template: Range<Int>
    let parameters: [String]
  }

  var nodes: [Node] = []

  init(_ map: JSONObject) throws {
    #expect(map["version"] == 1)
    let names = try #require(map["parameters"]?.arrayValue).map {
      try #require($0.objectValue?["name"]?.stringValue)
    }
    let sets = try #require(map["parameterSets"]?.arrayValue).map { set in
      try #require(set.arrayValue).map { names[try #require($0.numberValue?.integer)] }
    }
    #expect(sets.first == [])
    #expect(Set(sets).count == sets.count)
    var numbers = try #require(map["nodes"]?.arrayValue).map {
      try #require($0.numberValue?.integer)
    }[...]
    var group: [Int] = []
    var model = 0
    var template = 0
    while let first = numbers.first {
      var count = 1
      if first < 0 {
        count = -first
        numbers.removeFirst()
      } else {
        group = Array(numbers.prefix(5))
        try #require(group.count == 5)
        numbers.removeFirst(5)
      }
      for _ in 0..<count {
        model += group[0]
        template += group[2]
        nodes.append(
          Node(
            model: model..<model + group[1], template: template..<template + group[3],
            parameters: sets[group[4]]))
      }
    }
  }
}

private struct Mapped {
  let model: String
  let map: JSONObject
  let nodes: [ReadMap.Node]

  /// - Parameter encoding: what is agreed; nil for LSP's own.
  init(
    _ template: String, _ parameters: JSONObject = [:], encoding: String? = nil, embed: Bool = false
  )
    throws
  {
    var talk = Talk()
    if let encoding {
      _ = try talk.ask(
        "initialize", #"{"capabilities": {"general": {"positionEncodings": ["\#(encoding)"]}}}"#)
    }
    let params: JSONValue = [
      "template": .string(template), "parameters": .object(parameters), "sourceMap": true,
      "embedProvenance": .bool(embed),
    ]
    let reply = try talk.ask("generate", params.text(.compact))
    let result = try #require(reply["result"]?.objectValue, "\(reply)")
    model = try #require(result["model"]?.stringValue)
    map = try #require(result["sourceMap"]?.objectValue)
    nodes = try ReadMap(map).nodes
  }
}

private let cafe = """
  metadata: {id: cafe, title: "Café 🥐"}
  parameters:
    - {name: bins, type: integer, default: 3}
    - {name: guests, type: array, default: [20, 45], fit: repeat}
    - {name: seats, type: number, default: 40}
    - {name: note, type: string, default: "é🥐"}
  grid: {bins: "${bins}", binSize: 30, binUnit: minutes}
  nodes:
    - {id: guests, kind: const, values: "${guests}"}
    - {id: rain, kind: const, values: [1, 0.5, 1]} # 🥐
    - {id: served, kind: expr, expr: "MIN(guests, ${seats} * rain)", metadata: {n: "é${note}"}}
  outputs: [{series: served, as: served.csv}]

  """

@Test(arguments: ["utf-8", "utf-16", "utf-32"], [false, true])
func `every node leads to the text that says it, in every encoding`(encoding: String, embed: Bool)
  throws
{
  let mapped = try Mapped(cafe, ["seats": 30], encoding: encoding, embed: embed)
  func units(_ text: String) -> [UInt32] {
    switch encoding {
    case "utf-8": text.utf8.map { UInt32($0) }
    case "utf-16": text.utf16.map { UInt32($0) }
    default: text.unicodeScalars.map(\.value)
    }
  }
  let model = units(mapped.model)
  let template = units(cafe)
  func pair(_ model: String, _ template: String, _ parameters: [String]) -> [[String]] {
    [[model, template], parameters]
  }
  func text(_ units: ArraySlice<UInt32>) -> String {
    switch encoding {
    case "utf-8": String(decoding: units.map { UInt8($0) }, as: UTF8.self)
    case "utf-16": String(decoding: units.map { UInt16($0) }, as: UTF16.self)
    default: String(decoding: units, as: UTF32.self)
    }
  }
  let found = mapped.nodes.map { node in
    pair(text(model[node.model]), text(template[node.template]), node.parameters)
  }
  for expected in [
    pair("3", #""${bins}""#, ["bins"]), pair("30", "30", []), pair("guests", "guests", []),
    pair("[20, 45, 20]", #""${guests}""#, ["guests", "bins"]), pair("0.5", "0.5", []),
    pair("MIN(guests, 30 * rain)", #""MIN(guests, ${seats} * rain)""#, ["seats"]),
    pair("éé🥐", #""é${note}""#, ["note"]), pair("served.csv", "served.csv", []),
    pair("1", "", []),
  ] {
    #expect(found.contains(expected), "\(expected)")
  }
}

@Test func `what is given and what is a default is told`() throws {
  let map = try Mapped(cafe, ["seats": 30]).map
  let parameters = try #require(map["parameters"]?.arrayValue).compactMap(\.objectValue)
  #expect(parameters.map { $0["given"] } == [false, false, true, false])
  #expect(parameters.map { $0["fit"] } == [nil, "repeat", nil, nil])
}

/// Templates whose maps are as large as they get beside their models.
private let dense: [String] = [
  "[1, 2, 3, 4, 5, 6, 7, 8]", "[1,2,3,4,5,6,7,8]", "[1, 22, 3, 44, 5, 66, 7, 88]",
  "\n      - 1\n      - 2\n      - 33\n      - 4\n      - 5\n      - 6\n      - 7\n      - 8",
  "[1,    22, 3,  44, 5,      6, 7, 8]",
].map { values in
  """
  metadata: {id: dense}
  grid: {bins: 8, binSize: 1, binUnit: hours}
  nodes:
    - id: a
      kind: const
      values: \(values)
  outputs: [{series: a}]

  """
}

@Test(arguments: dense) func `a map is at most three times as long as its model`(template: String)
  throws
{
  try checkSize(template)
}

@Test func `the maps of the bundled templates are at most three times as long as their models`()
  throws
{
  for path in PackageFolder.files(in: "templates", endingIn: ".yaml") {
    try checkSize(try PackageFolder.text(path))
  }
}

private func checkSize(_ template: String) throws {
  let mapped = try Mapped(template)
  let length = JSONValue.object(mapped.map).serialized(.compact).count
  #expect(length <= 3 * mapped.model.utf8.count, "\(length) for \(mapped.model.utf8.count)")
}
