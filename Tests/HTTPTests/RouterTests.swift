import HTTP
import TestSupport
import Testing

private let router = Router<String>([
  Route("GET", "/healthz", "health"),
  Route("POST", "/v1/run", "run", consumes: [.yaml, .plain]),
  Route("GET", "/v1/runs", "runs"),
  Route("GET", "/v1/runs/{id}", "run of", produces: [.json]),
  Route("DELETE", "/v1/runs/{id}", "delete"),
  Route("GET", "/v1/runs/index", "index"),
  Route("GET", "/v1/runs/{id}/series/{series}", "series", produces: [.csv, .json]),
  Route("GET", "/v1/artifacts/{id}/files/{name...}", "file"),
  Route("PATCH", "/", "root"),
])

/// Who answers, with what stands for the names; or the status and what is allowed.
private func outcome(_ line: String, _ fields: String = "", _ body: String = "") -> String {
  var connection = HTTPConnection(now: Exchange.start)
  let length = body.isEmpty ? "" : "Content-Length: \(body.utf8.count)\r\n"
  connection.push(
    Array("\(line) HTTP/1.1\r\nHost: h\r\n\(length)\(fields)\r\n\(body)".utf8))
  guard let request = connection.next() else { return "no request" }
  switch router.route(request) {
  case .found(let match):
    let names = ["id", "series", "name"].compactMap { name in match[name].map { "\(name)=\($0)" } }
    return ([match.handler] + names + (match.produced.map { [$0.essence] } ?? []))
      .joined(separator: " ")
  case .answered(let response):
    return "\(response.status.rawValue)"
      + (response.fields["Allow"].map { " " + $0 } ?? "")
  }
}

@Test(arguments: [
  ("GET /healthz", "health"), ("HEAD /healthz", "health"), ("GET /v1/runs", "runs"),
  ("GET /v1/runs/a", "run of id=a application/json"), ("GET /v1/runs/index", "index"),
  ("GET /v1/runs/a%20b?x", "run of id=a b application/json"), ("DELETE /v1/runs/a", "delete id=a"),
  ("GET /v1/runs/a/series/b@c", "series id=a series=b@c text/csv"),
  ("GET /v1/artifacts/a/files/series/index.json", "file id=a name=series/index.json"),
  ("GET /v1/artifacts/a/files/b", "file id=a name=b"), ("POST /v1/run", "run"),
  ("PATCH /", "root"),
  ("GET /v1/artifacts/a/files", "404"), ("GET /v1/artifacts/a/files/", "404"),
  ("GET /v1/artifacts/a/files/b/", "404"), ("GET /v1/artifacts/a/files//b", "404"),
  ("GET /v1/runs/", "404"), ("GET /v1/runs//series/b", "404"), ("GET //healthz", "404"),
  ("GET /healthz/", "404"), ("GET /Healthz", "404"), ("GET /v1", "404"), ("FOO /nowhere", "404"),
  ("POST /healthz", "405 GET, HEAD, OPTIONS"), ("get /healthz", "501"), ("FOO /healthz", "501"),
  ("TRACE /v1/runs/a", "405 GET, HEAD, DELETE, OPTIONS"), ("HEAD /v1/run", "405 POST, OPTIONS"),
  ("DELETE /v1/runs/index", "405 GET, HEAD, OPTIONS"),
  ("OPTIONS /v1/runs/a", "204 GET, HEAD, DELETE, OPTIONS"),
  ("OPTIONS *", "204 GET, HEAD, POST, DELETE, PATCH, OPTIONS"), ("OPTIONS /nowhere", "404"),
])
func `path and method say who answers`(line: String, expected: String) {
  #expect(outcome(line) == expected)
}

@Test(arguments: [
  ("", "run"), ("Content-Type: application/yaml\r\n", "run"),
  ("Content-Type: Text/Plain ; charset=utf-8\r\n", "run"),
  ("Content-Type: application/json\r\n", "415"), ("Content-Type: yaml\r\n", "415"),
  ("Content-Type:\r\n", "415"),
  ("Content-Type: text/plain\r\nContent-Type: text/plain\r\n", "415"),
  ("Content-Encoding: identity\r\n", "run"), ("Content-Encoding: gzip\r\n", "415"),
])
func `the type of a body is one that is taken`(fields: String, expected: String) {
  #expect(outcome("POST /v1/run", fields, "a") == expected)
}

@Test(arguments: [
  ("", "text/csv"), ("Accept: */*\r\n", "text/csv"), ("Accept: text/csv\r\n", "text/csv"),
  ("Accept: application/json\r\n", "application/json"), ("Accept: TEXT/*;q=0.1\r\n", "text/csv"),
  ("Accept: text/csv;q=0.5, application/json;q=0.6\r\n", "application/json"),
  ("Accept: text/csv;q=0.5\r\nAccept: application/json ; Q=0.4\r\n", "text/csv"),
  ("Accept: text/csv;q=0, */*;q=0.1\r\n", "application/json"),
  ("Accept: text/html, application/xhtml+xml, */*;q=0.8\r\n", "text/csv"),
  ("Accept: \r\n", "text/csv"), ("Accept: rubbish\r\n", "text/csv"),
  ("Accept: text/html\r\n", "406"), ("Accept: */*;q=0\r\n", "406"),
  ("Accept: text/csv;q=0.000\r\n", "406"), ("Accept: text/csv;q=2\r\n", "text/csv"),
])
func `the answer is what the client likes best`(fields: String, expected: String) {
  let found = outcome("GET /v1/runs/a/series/b", fields)
  #expect(found == (expected == "406" ? expected : "series id=a series=b \(expected)"))
}
