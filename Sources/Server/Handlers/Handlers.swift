import FlowModel
import JSON
import JSONRPC
import Operations
import Source
import Templates
import Wire

/// Answers methods: one function for each, from wire types to operations and back.
struct Handlers: Sendable {
  let service: Service
  /// The number of the client's connection.
  var connection = 0
  var rights = Rights.full
  var documents: OpenDocuments
  /// Agreed at `initialize`; LSP's default until then.
  var encoding = PositionEncoding.utf16
  /// Who waits for the answer.
  private(set) var monitor = WorkMonitor.unwatched
  /// The templates at the last ``refresh()``, or for good; nil while nobody has wanted one.
  private var held: (snapshot: Snapshot, edition: Int)?

  init(_ service: Service) {
    self.service = service
    documents = OpenDocuments(
      countMax: service.limits.openDocumentCountMax,
      lengthMax: service.limits.openDocumentLengthMax)
  }

  /// The templates that a request sees.
  var snapshot: Snapshot { held?.snapshot ?? service.snapshot }

  /// Has the messages that have arrived see the templates as they stand now.
  mutating func refresh() { service.refresh(&held) }

  /// Holds no templates any more: those that were replaced meanwhile take memory that nobody needs.
  mutating func release() { held = nil }

  /// These handlers with the state as it is now, to answer later.
  var pinnedHere: Handlers {
    var handlers = self
    handlers.held = (snapshot, 0)
    return handlers
  }

  /// - Throws: the error that answers the request.
  func answer(_ method: String, _ params: JSONValue?, watchedBy monitor: WorkMonitor)
    throws(RPCError) -> JSONValue
  {
    var handlers = self
    handlers.monitor = monitor
    return try handlers.answer(method, params)
  }

  var version: String { ProductVersion.number }

  /// What a client is to be told of a document, for it says something else now.
  struct DocumentNews {
    enum Diagnostics {
      /// The params of the notification.
      case found(JSONValue)
      case toFind(BackgroundWork.Body)
    }

    let uri: String
    let diagnostics: Diagnostics
  }

  /// - Throws: the error that answers the request.
  func answer(_ method: String, _ params: JSONValue?) throws(RPCError) -> JSONValue {
    switch method {
    case GenerateMethod.name: try answer(GenerateMethod.self, params, generate)
    case EmbedProvenanceMethod.name: try answer(EmbedProvenanceMethod.self, params, embedProvenance)
    case ExtractProvenanceMethod.name:
      try answer(ExtractProvenanceMethod.self, params, extractProvenance)
    case ExportProvenanceMethod.name:
      try answer(ExportProvenanceMethod.self, params, exportProvenance)
    case VerifyProvenanceMethod.name:
      try answer(VerifyProvenanceMethod.self, params, verifyProvenance)
    case RegenerateMethod.name: try answer(RegenerateMethod.self, params, regenerate)
    case ValidateTemplateMethod.name:
      try answer(ValidateTemplateMethod.self, params, validateTemplate)
    case ValidateModelMethod.name: try answer(ValidateModelMethod.self, params, validateModel)
    case ExplainMethod.name: try answer(ExplainMethod.self, params, explain)
    case DiffMethod.name: try answer(DiffMethod.self, params, diff)
    case ListTemplatesMethod.name: try answer(ListTemplatesMethod.self, params, listTemplates)
    case GetTemplateMethod.name: try answer(GetTemplateMethod.self, params, getTemplate)
    case StatusMethod.name: try answer(StatusMethod.self, params, status)
    case EchoMethod.name: params ?? .null
    case DiscoverMethod.name: DiscoveryDocument.json
    default: throw .methodNotFound(method)
    }
  }

  /// - Returns: what a client is to be told of; nil where nothing is.
  mutating func notice(_ method: String, _ params: JSONValue?) throws(RPCError) -> DocumentNews? {
    switch method {
    case DidOpenMethod.name: return didOpen(try Handlers.read(DidOpenMethod.self, params))
    case DidChangeMethod.name: return didChange(try Handlers.read(DidChangeMethod.self, params))
    case DidCloseMethod.name: return didClose(try Handlers.read(DidCloseMethod.self, params))
    // Nothing is to be done after `initialized`, and LSP lets a server ignore what it does not know.
    default: return nil
    }
  }

  /// Reads the params of a method.
  static func read<Called: Method>(_ method: Called.Type, _ params: JSONValue?) throws(RPCError)
    -> Called.Params
  {
    try MisspeltMember.refuse(params, Called.members)
    do throws(WireError) {
      return try Called.Params(params: try WireObject(params: params))
    } catch {
      throw .invalidParams(error.message)
    }
  }

  private func answer<Called: Method>(
    _ method: Called.Type, _ params: JSONValue?,
    _ handle: (Called.Params) throws(RPCError) -> Called.Result
  ) throws(RPCError) -> JSONValue {
    try handle(try Handlers.read(method, params)).json
  }

  /// Runs an operation; its failure becomes the error that answers the request.
  func perform<Outcome>(
    uri: String? = nil, _ operation: () throws(OperationFailure) -> Outcome
  ) throws(RPCError) -> Outcome {
    do throws(OperationFailure) {
      return try operation()
    } catch {
      throw RPCError(error, encoding, uri: uri)
    }
  }

  /// The template that is meant; `uri` names an open document.
  func choice(_ template: WireTemplate) throws(RPCError) -> (choice: TemplateChoice, uri: String?) {
    switch template {
    case .id(let id): return (.id(id), nil)
    case .text(let text): return (.text(SourceText(text)), nil)
    case .uri(let uri):
      guard let document = documents[uri] else {
        throw .invalidParams("params.uri: expected an open document, and '\(uri)' is not open")
      }
      return (.text(document.text), uri)
    }
  }

  /// The template that is meant, if one is; `uri` names an open document.
  func choice(ifPresent template: WireTemplate?) throws(RPCError) -> (
    choice: TemplateChoice?, uri: String?
  ) {
    guard let template else { return (nil, nil) }
    return try choice(template)
  }

  /// Runs an operation that names a model, by a clock that stands still if the client says so.
  func named(
    at text: String?, uri: String?,
    _ operation: (any IdentityIssuer) throws(OperationFailure) -> GenerateModel.Result
  ) throws(RPCError) -> GenerateModel.Result {
    let issuer: any IdentityIssuer
    if let text {
      guard let time = Timestamp.Reading(rfc3339: text) else {
        throw .invalidParams(
          "params.generatedAt: expected a time such as 2025-09-25T12:00:00Z, not '\(text)'")
      }
      guard time.isExact else {
        throw .invalidParams("params.generatedAt: '\(text)' is finer than a microsecond")
      }
      issuer = FixedIdentities(at: time.timestamp)
    } else {
      issuer = service.identities
    }
    let result = try perform(uri: uri) { () throws(OperationFailure) in try operation(issuer) }
    service.countModel()
    return result
  }

  /// The mode of that name; nil where none is given.
  func mode(_ name: String?) throws(RPCError) -> Mode? {
    guard let name else { return nil }
    guard let mode = Mode(rawValue: name) else {
      throw .invalidParams("params.mode: expected 'simulation' or 'telemetry', not '\(name)'")
    }
    return mode
  }

  /// The weights of warnings that were asked for.
  func lint(_ lint: WireLint) throws(RPCError) -> LintSettings {
    var settings = LintSettings()
    for setting in lint.settings {
      do throws(LintSettings.Problem) {
        try settings.set(setting.code, to: setting.weight)
      } catch {
        throw .invalidParams("params.lint: \(error.message)")
      }
    }
    return settings
  }

  func wire(_ diagnostics: [Diagnostic], in text: SourceText, uri: String? = nil)
    -> [WireDiagnostic]
  {
    Handlers.wire(diagnostics, in: text, encoding, uri: uri)
  }

  static func wire(
    _ diagnostics: [Diagnostic], in text: SourceText, _ encoding: PositionEncoding,
    uri: String? = nil
  ) -> [WireDiagnostic] {
    if diagnostics.isEmpty { return [] }
    let positions = Positions(text, encoding)
    return diagnostics.map { WireDiagnostic($0, positions, uri: uri) }
  }
}
