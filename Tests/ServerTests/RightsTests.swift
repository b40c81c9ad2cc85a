import JSON
import Server
import SimMethods
import Testing
import Wire

/// As if these methods wrote; so far none does.
private let writing: Set<String> = ["generate", "echo", "textDocument/didOpen"]

@Test func `no method of this version writes`() {
  #expect(MethodTable.sim.writing.isEmpty)
}

@Test(arguments: [
  ("generate", #"{"templateId": "demo", "parameters": {"rate": 1}}"#), ("echo", "[1]"),
])
func `what writes is refused to a connection that may only read`(method: String, params: String)
  throws
{
  for inlineLengthMax in [SimLimits().server.inlineLengthMax, 0] {
    var limits = SimLimits()
    limits.server.inlineLengthMax = inlineLengthMax
    var talk = Talk(limits: limits, rights: .readOnly, writing: writing)
    let error = try talk.ask(method, params)["error"]?.objectValue
    #expect(error?["code"] == -32_803)
    #expect(error?["message"]?.stringValue?.contains("--read-only") == true)
    #expect(error?["data"] == ["kind": "requestFailed", "flag": "--read-only"])
    #expect(try talk.ask("listTemplates")["result"] != nil)
    talk = Talk(limits: limits, rights: .full, writing: writing)
    #expect(try talk.ask(method, params)["error"] == nil)
  }
}

@Test func `a notification that writes is dropped, and the log says so`() throws {
  let params =
    #"{"textDocument": {"uri": "a", "version": 1, "languageId": "yaml", "text": "a: 1\n"}}"#
  for rights in [Rights.full, .readOnly] {
    var talk = Talk(rights: rights, writing: writing)
    _ = try talk.result("initialize")
    let answers = try talk.notify("textDocument/didOpen", params)
    #expect(answers.isEmpty == (rights == .readOnly))
    #expect(
      talk.logged.contains { $0.contains("--read-only") } == (rights == .readOnly),
      "\(talk.logged)")
  }
}

@Test(arguments: [Rights.full, .readOnly])
func `a connection is told whether it may only read`(rights: Rights) throws {
  var talk = Talk(rights: rights)
  let isReadOnly = rights == .readOnly
  let capabilities = try talk.result("initialize")["capabilities"]?.objectValue
  #expect(capabilities?["experimental"] == (isReadOnly ? ["readOnly": true] : nil))
  #expect(try talk.result("status")["readOnly"] == .bool(isReadOnly))
}
