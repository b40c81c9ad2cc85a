import EngineOperations
import HTTP
import JSON
import RunStore
import Source

extension Problem {
  /// A refusal with the client's mistakes in it, and as `error` the plain text that clients of the contract show.
  init(_ failure: EngineFailure, _ request: Request) {
    let (status, kind) = Self.meaning(of: failure)
    let detail = failure.isNotFound ? "not found: " + failure.message : failure.message
    self.init(status, detail, instance: request.target.text)
    extensions.append(("kind", .string(kind)))
    var error = detail
    switch failure {
    case .modelInvalid(let text, let found):
      let places = TextPlaces(text)
      diagnostics = found.map { places.json(of: $0) }
      let errors = found.filter { $0.severity == .error }.prefix(Self.messageCountMax)
      error = errors.map(EngineFailure.placed).joined(separator: "; ")
    case .limitExceeded(let name, let value, _):
      extensions.append(("limit", .string(name)))
      extensions.append(("limitValue", .number(value)))
    case .parameterInvalid(let name, _):
      extensions.append(("parameter", .string(name)))
    default: break
    }
    extensions.append(("error", .string(error)))
  }

  /// Most findings that the plain text tells; the others are among the diagnostics.
  private static let messageCountMax = 20

  private static func meaning(of failure: EngineFailure) -> (HTTPStatus, String) {
    switch failure {
    case .modelEmpty: (.badRequest, "model-empty")
    case .modelInvalid: (.badRequest, "model-invalid")
    case .provenanceInvalid: (.badRequest, "provenance-invalid")
    case .limitExceeded(let name, _, _):
      (name == "modelLengthMax" ? .contentTooLarge : .badRequest, "limit-exceeded")
    case .parameterInvalid: (.badRequest, "parameter-invalid")
    case .provenanceMissing: (.notFound, "not-found")
    case .stopped: (.unavailable, "stopped")
    case .busy: (.unavailable, "busy")
    case .store(let failure): meaning(of: failure)
    }
  }

  private static func meaning(of failure: RunStoreFailure) -> (HTTPStatus, String) {
    if failure.isNotFound { return (.notFound, "not-found") }
    if failure.isOutOfSpace { return (.insufficientStorage, "store-full") }
    if case .nameInvalid = failure { return (.badRequest, "name-invalid") }
    return (.internalError, "store-failed")
  }
}
