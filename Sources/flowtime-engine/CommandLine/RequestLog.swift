import HTTP
import Platform
import Server
import Serving

extension Log {
  /// Answers a request of HTTP and logs that: each for who looks closely, and for everybody what the server failed at.
  ///
  /// Nothing that a client chose is logged: of a path only the words that the server gave them.
  func noting(_ request: Request, _ answer: () -> Response) -> Response {
    let start = SystemClock.monotonic()
    let response = answer()
    let isFailed = response.status.rawValue >= 500
    guard isFailed || level >= .debug else { return response }
    let path = request.target.segments.prefix(8).map { known($0, of: pathWords) }
    var event = LogEvent(
      isFailed ? .error : .debug, "request",
      "/\(path.joined(separator: "/")) is answered with \(response.status.rawValue)")
    event.method = known(request.method, of: methods)
    event.duration = SystemClock.monotonic() - start
    event.length = request.body.count
    add(event)
    return response
  }
}

private let methods = ["GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH"]

private let pathWords = [
  "v1", "run", "graph", "runs", "index", "model", "series", "provenance.json", "artifacts", "files",
  "relationships", "archive", "bulk-delete", "healthz",
]

private func known(_ text: String, of words: [String]) -> String {
  words.first { $0.utf8.elementsEqual(text.utf8) } ?? "-"
}
