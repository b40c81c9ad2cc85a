import EngineMethods
import FlowModel
import JSON
import JSONRPC
import Operations
import Server
import SimMethods
import Source
import TestSupport
import Testing

/// Sim's document and the Engine's.
private let documents = ["openrpc.json", "engine.openrpc.json"]

/// Of the folder protocol.
private func document(_ name: String = "openrpc.json") throws -> JSONObject {
  let text = try PackageFolder.text("protocol/" + name)
  return try #require(try JSONDocument.parse(Array(text.utf8)).root.objectValue)
}

extension JSONObject {
  fileprivate func object(_ name: String) throws -> JSONObject {
    try #require(self[name]?.objectValue, "\(name)")
  }

  fileprivate func objects(_ name: String) throws -> [JSONObject] {
    try #require(self[name]?.arrayValue, "\(name)").map { try #require($0.objectValue) }
  }

  fileprivate func string(_ name: String) throws -> String {
    try #require(self[name]?.stringValue, "\(name)")
  }

  fileprivate var names: [String] { members.map(\.name) }
}

/// Holds an object against the members that OpenRPC 1.3.2 gives it; `x-` marks extensions.
private func check(
  _ object: JSONObject, required: Set<String>, optional: Set<String>, _ place: String
) {
  let names = Set(object.names.filter { !$0.hasPrefix("x-") })
  #expect(required.subtracting(names).isEmpty, "\(place)")
  #expect(names.subtracting(required.union(optional)).isEmpty, "\(place)")
}

private func checkDescriptor(_ object: JSONObject, _ place: String) {
  if object.names == ["$ref"] { return }
  check(
    object, required: ["name", "schema"],
    optional: ["summary", "description", "required", "deprecated"], place)
}

@Test(arguments: documents)
func `a document has the structure of OpenRPC`(name: String) throws {
  let document = try document(name)
  check(document, required: ["openrpc", "info", "methods"], optional: ["components"], "document")
  #expect(document["openrpc"] == "1.3.2")
  let info = try document.object("info")
  check(info, required: ["title", "version"], optional: ["description", "license"], "info")
  #expect(info["version"] == .string(ProductVersion.number))
  let methods = try document.objects("methods")
  #expect(Set(try methods.map { try $0.string("name") }).count == methods.count)
  for method in methods {
    let name = try method.string("name")
    let isNotification = method["x-notification"] == true
    // What has no result must be a notification.
    check(
      method, required: isNotification ? ["name", "params"] : ["name", "params", "result"],
      optional: ["tags", "summary", "description", "paramStructure", "errors", "examples"], name)
    var optionalsBegan = false
    for param in try method.objects("params") {
      checkDescriptor(param, name)
      // Required ones come first where params may be given by position.
      if param["required"] != true { optionalsBegan = true }
      if method["paramStructure"] == "either" { #expect(!optionalsBegan, "\(name)") }
    }
    if let result = method["result"]?.objectValue { checkDescriptor(result, name) }
    for example in method["examples"] == nil ? [] : try method.objects("examples") {
      check(example, required: ["name", "params", "result"], optional: ["summary"], name)
      check(try example.object("result"), required: ["name", "value"], optional: [], name)
      for param in try example.objects("params") {
        check(param, required: ["name", "value"], optional: [], name)
      }
    }
  }
  let components = try document.object("components")
  for error in try components.object("errors").members {
    let object = try #require(error.value.objectValue)
    check(object, required: ["code", "message"], optional: ["data"], error.name)
  }
  for descriptor in try components.object("contentDescriptors").members {
    checkDescriptor(try #require(descriptor.value.objectValue), descriptor.name)
  }
}

@Test(arguments: documents)
func `every reference in a document leads somewhere`(name: String) throws {
  let root = JSONValue.object(try document(name))
  var seen = 0
  func visit(_ value: JSONValue) {
    switch value {
    case .array(let items): for item in items { visit(item) }
    case .object(let object):
      if let reference = object["$ref"]?.stringValue {
        seen += 1
        #expect(reference.hasPrefix("#/"))
        let target = reference.split(separator: "/").dropFirst().reduce(Optional(root)) {
          $0?.objectValue?[String($1)]
        }
        #expect(target != nil, "\(reference)")
      }
      for member in object.members { visit(member.value) }
    default: break
    }
  }
  visit(root)
  #expect(seen > 50)
}

/// What our own methods answer, by code.
private let ownErrors = [
  "openrpc.json": FailureCode.allCases.map { ($0.rawValue, $0.kind) },
  "engine.openrpc.json": EngineFailureCode.allCases.map { ($0.rawValue, $0.kind) },
]

@Test(arguments: documents)
func `a document has every error with its code and kind`(name: String) throws {
  let errors = try document(name).object("components").object("errors").members
  var found: [Int: String] = [:]
  for error in errors {
    let object = try #require(error.value.objectValue)
    let code = try #require(object["code"]?.numberValue?.integer)
    let kind = try object.object("data").string("kind")
    #expect(found.updateValue(kind, forKey: code) == nil)
    #expect(error.name.lowercased() == kind.lowercased())
  }
  var expected = Dictionary(uniqueKeysWithValues: try #require(ownErrors[name]))
  let reserved: [RPCError] = [
    .parseError(""), .invalidRequest(""), .methodNotFound(""), .invalidParams(""),
    .internalError(""), .serverNotInitialized, .requestCancelled, .readOnly(""),
  ]
  for error in reserved {
    expected[error.code] = try #require(error.data?.objectValue).string("kind")
  }
  #expect(found == expected)
}

@Test func `what both documents have is the same in both`() throws {
  let (sim, engine) = (try document(), try document("engine.openrpc.json"))
  let known = Dictionary(
    uniqueKeysWithValues: try sim.objects("methods").map { (try $0.string("name"), $0) })
  // They tell of their own program: its name, bounds, counters and what it can do.
  let own: Set = ["status", "initialize"]
  var count = 0
  for method in try engine.objects("methods") {
    let name = try method.string("name")
    guard let other = known[name], !own.contains(name) else { continue }
    #expect(method == other, "\(name)")
    count += 1
  }
  #expect(count == 9)
  let errors = try sim.object("components").object("errors")
  for error in try engine.object("components").object("errors").members {
    if let other = errors[error.name] { #expect(error.value == other, "\(error.name)") }
  }
}

@Test func `the document has every limit and every field of the record`() throws {
  let engine = try document("engine.openrpc.json")
  let document = try document()
  let schemas = try document.object("components").object("schemas")
  let status = try document.objects("methods").first { $0["name"] == "status" }
  let result = try #require(status).object("result").object("schema").object("properties")
  #expect(
    try result.object("limits").object("properties").names == SimLimits().named.map(\.name))
  let told = try engine.objects("methods").first { $0["name"] == "status" }
  let own = try #require(told).object("result").object("schema").object("properties")
  #expect(
    try own.object("limits").object("properties").names == EngineServiceLimits().named.map(\.name))
  for naming in Provenance.Naming.allCases {
    let schema = try schemas.object(
      naming == .snakeCase ? "Provenance" : "ProvenanceCamelCase")
    #expect(try schema.object("properties").names == Provenance.fields.map { $0.name(naming) })
  }
  let file = try PackageFolder.text("protocol/schemas/provenance.schema.json")
  let record = try #require(try JSONDocument.parse(Array(file.utf8)).root.objectValue)
  let names = try record.object("properties").names
  let snake = Provenance.fields.map { $0.name(.snakeCase) }
  let camel = Provenance.fields.map { $0.name(.camelCase) }.filter { !snake.contains($0) }
  #expect(names == snake + camel)
}

/// A server with the one template of the document's examples.
private func session(_ template: String) -> Session {
  let entry = TemplateCatalog.Entry(path: "templates/demo.yaml", text: SourceText(template))
  return Session(
    Service(
      SimService(
        Snapshot(catalog: TemplateCatalog([entry])),
        surroundings: Service.Surroundings(
          now: { .epoch }, uptime: { .milliseconds(250) }, log: { _ in }))))
}

@Test func `every example in the document is a real answer`() throws {
  let methods = try document().objects("methods")
  let get = try #require(methods.first { $0["name"] == "getTemplate" })
  let shown = try #require(try get.objects("examples").first).object("result").object("value")
  let template = try shown.string("text")
  var count = 0
  for method in methods where method["examples"] != nil {
    let name = try method.string("name")
    for example in try method.objects("examples") {
      var params = JSONObject()
      for param in try example.objects("params") {
        params[try param.string("name")] = param["value"]
      }
      let request: JSONValue = [
        "jsonrpc": "2.0", "id": 1, "method": try #require(method["name"]),
        "params": .object(params),
      ]
      var session = session(template)
      session.receive(request.serialized() + [0x0A])
      let reply = try #require(try Transcript.messages(in: session.takeOutput(), .line).first)
      let expected = try example.object("result")["value"]
      #expect(reply.objectValue?["result"] == expected, "\(name)")
      count += 1
    }
  }
  #expect(count >= 12)
}

@Test func `the server answers with this very document, which is small enough to embed`() throws {
  var session = session("")
  session.receive(Array("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"rpc.discover\"}\n".utf8))
  let reply = try #require(try Transcript.messages(in: session.takeOutput(), .line).first)
  #expect(reply.objectValue?["result"] == .object(try document()))
  #expect(try PackageFolder.text("protocol/openrpc.json").utf8.count < 120_000)
}
