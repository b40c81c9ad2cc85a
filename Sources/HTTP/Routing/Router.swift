/// Who answers which request: a table.
///
/// The path decides first (404), then the method (405 with `Allow`, or 501 for one that nobody knows), then the type of
/// the body (415) and of the answer (406). HEAD goes where GET does; OPTIONS is answered here.
package struct Router<Handler: Sendable>: Sendable {
  package struct Match: Sendable {
    package let handler: Handler
    /// The pattern's own text: a name for counters and logs that no client can choose.
    package let pattern: String
    /// Of what the route produces, what the client likes best; nil where the route does not say.
    package let produced: MediaType?
    let parameters: [(name: String, value: String)]

    /// The segment that stands for `{name}`; several joined by `/` for `{name...}`.
    package subscript(name: String) -> String? {
      parameters.first { $0.name.utf8.elementsEqual(name.utf8) }?.value
    }
  }

  package enum Outcome: Sendable {
    case found(Match)
    /// The answer is here: a problem, or what OPTIONS asks for.
    case answered(Response)
  }

  private let routes: [Route<Handler>]

  package init(_ routes: [Route<Handler>]) {
    self.routes = routes
  }

  /// Complexity: O(routes).
  package func route(_ request: Request) -> Outcome {
    if request.target.isAsterisk { return .answered(allowing(routes)) }
    let matching = routes.compactMap { route in
      route.match(request.target.segments).map { (route: route, parameters: $0) }
    }
    // The most exact pattern is the resource; others that match as well are not it.
    guard
      let exactness = matching.map(\.route.exactness).max(by: { $0.lexicographicallyPrecedes($1) })
    else {
      return refused(.notFound, "nothing is at this path", request)
    }
    let resource = matching.filter { $0.route.exactness == exactness }
    let method = Self.isSame(request.method, "HEAD") ? "GET" : request.method
    guard let (route, parameters) = resource.first(where: { Self.isSame($0.route.method, method) })
    else {
      return refusedMethod(resource.map(\.route), request)
    }
    if let refusal = refusedBody(route, request) { return refusal }
    var produced: MediaType?
    if !route.produces.isEmpty {
      produced = MediaType.preferred(
        of: route.produces, accept: request.fields.values(of: "Accept"))
      guard produced != nil else {
        let types = route.produces.map(\.essence).joined(separator: ", ")
        return refused(.notAcceptable, "the answer can be \(types)", request)
      }
    }
    return .found(
      Match(
        handler: route.handler, pattern: route.pattern, produced: produced, parameters: parameters))
  }

  private func refusedMethod(_ resource: [Route<Handler>], _ request: Request) -> Outcome {
    if Self.isSame(request.method, "OPTIONS") { return .answered(allowing(resource)) }
    let known = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT"]
    guard known.contains(where: { Self.isSame($0, request.method) }) else {
      return refused(.notImplemented, "the method is not known", request)
    }
    let allowed = Self.allowed(resource)
    var response = problem(.methodNotAllowed, "the methods here are \(allowed)", request)
    response.set(checked: "Allow", to: allowed)
    return .answered(response)
  }

  private func refusedBody(_ route: Route<Handler>, _ request: Request) -> Outcome? {
    guard !request.body.isEmpty else { return nil }
    for coding in Grammar.elements(request.fields.values(of: "Content-Encoding"))
    where !Grammar.isSame(coding, "identity") {
      return refused(.unsupportedMediaType, "the body must not be encoded", request)
    }
    let types = request.fields.values(of: "Content-Type")
    guard !route.consumes.isEmpty, !types.isEmpty else { return nil }
    if types.count == 1, let type = types.first.flatMap(MediaType.init),
      route.consumes.contains(type)
    {
      return nil
    }
    let consumed = route.consumes.map(\.essence).joined(separator: ", ")
    return refused(.unsupportedMediaType, "the body can be \(consumed)", request)
  }

  private func refused(_ status: HTTPStatus, _ detail: String, _ request: Request) -> Outcome {
    .answered(problem(status, detail, request))
  }

  private func problem(_ status: HTTPStatus, _ detail: String, _ request: Request) -> Response {
    Problem(status, detail, instance: request.target.text).response
  }

  private func allowing(_ routes: [Route<Handler>]) -> Response {
    var response = Response(.noContent)
    response.set(checked: "Allow", to: Self.allowed(routes))
    return response
  }

  /// The methods of the routes, each once, in the order of the table.
  private static func allowed(_ routes: [Route<Handler>]) -> String {
    var methods: [String] = []
    for method in routes.map(\.method) where !methods.contains(where: { isSame($0, method) }) {
      methods.append(method)
      if isSame(method, "GET") { methods.append("HEAD") }
    }
    return (methods + ["OPTIONS"]).joined(separator: ", ")
  }

  /// Methods differ by case.
  private static func isSame(_ left: String, _ right: String) -> Bool {
    left.utf8.elementsEqual(right.utf8)
  }
}
