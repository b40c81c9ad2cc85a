import JSON
import Server
import Testing

/// What comes back from a session that answers only what is brief, and what comes when there is time.
private func answers(_ lines: [String], finishes: Bool = false) -> (brief: [String], late: [String])
{
  var session = Session(Talk().service)
  session.answersOnlyBrief = true
  session.receive(Array(lines.map { $0 + "\n" }.joined().utf8))
  if finishes { session.finish() }
  let brief = session.takeOutput()
  let hasResumed = session.resume()
  #expect(!hasResumed, "nobody has time yet")
  session.answersOnlyBrief = false
  _ = session.resume()
  session.doAllHere()
  return (ids(brief), ids(session.takeOutput()))
}

/// The ids of the answers, in order; those of a batch in brackets.
private func ids(_ output: [UInt8]) -> [String] {
  output.split(separator: 0x0A).map { line in
    let root = (try? JSONDocument.parse(Array(line)))?.root ?? .null
    if let replies = root.arrayValue {
      return "[" + replies.map { $0.objectValue?["id"]?.text() ?? "" }.joined(separator: " ") + "]"
    }
    return root.objectValue?["id"]?.text() ?? ""
  }
}

private func call(_ id: Int, _ method: String, _ params: String = "{}") -> String {
  #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)","params":\#(params)}"#
}

@Test(
  arguments: [
    ([call(1, "echo"), call(2, "shutdown")], ["1", "2"], []),
    ([call(1, "initialize"), call(2, "echo")], [], ["1", "2"]),
    ([call(1, "echo"), call(2, "status"), call(3, "echo")], ["1"], ["2", "3"]),
    ([call(1, "getTemplate", #"{"templateId":"demo"}"#)], [], ["1"]),
    ([call(1, "nothing")], [], ["1"]),
    // What is wrong is answered at once, in its place.
    (["{]", call(1, "status"), "{]"], ["null"], ["1", "null"]),
    (["[\(call(1, "echo")),\(call(2, "status"))]", call(3, "echo")], [], ["[1 2]", "3"]),
    (
      [#"{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":9}}"#, call(1, "echo")], ["1"],
      []
    ),
  ] as [([String], [String], [String])])
func `what may take longer waits for a caller who has time, with all behind it`(
  lines: [String], brief: [String], late: [String]
) {
  for finishes in [false, true] {
    let answers = answers(lines, finishes: finishes)
    #expect(answers.brief == brief)
    #expect(answers.late == late)
  }
}
