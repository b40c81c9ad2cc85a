import FlowModel
import JSON
import JSONRPC
import Operations
import Server
import Source
import Templates
import Wire

/// Answers methods: one function for each, from wire types to operations and back.
struct Handlers: MethodHandlers {
  let service: SimService
  /// The number of the client's connection.
  let connection: Int
  var documents: OpenDocuments
  /// Agreed at `initialize`; LSP's default until then.
  var encoding = PositionEncoding.utf16
  /// Who waits for the answer.
  private(set) var monitor = WorkMonitor.unwatched
  /// The templates at the last ``refresh()``, or for good; nil while nobody has wanted one.
  private var held: (snapshot: Snapshot, edition: Int)?
  /// The templates that the client knows of; nil unless it wants to be told of others.
  private var toldCatalog: TemplateCatalog?

  init(_ service: SimService, connection: Int) {
    self.service = service
    self.connection = connection
    documents = OpenDocuments(
      countMax: service.simLimits.openDocumentCountMax,
      lengthMax: service.simLimits.openDocumentLengthMax)
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

  mutating func initialize(_ params: InitializeMethod.Params) -> InitializeMethod.Capabilities {
    encoding = params.positionEncodings.first ?? .utf16
    var capabilities = InitializeMethod.Capabilities()
    capabilities.positionEncoding = encoding
    capabilities.syncsDocuments = true
    if params.wants(Handlers.watchesTemplates) {
      toldCatalog = service.snapshot.catalog
      capabilities.news = [Handlers.watchesTemplates]
    }
    return capabilities
  }

  /// The member of `capabilities.experimental` by which a client asks for ``TemplatesDidChange``.
  private static let watchesTemplates = "templatesDidChange"

  mutating func news() -> [(method: String, params: JSONValue)] {
    guard let told = toldCatalog else { return [] }
    let catalog = service.snapshot.catalog
    let change = CatalogChange(from: told, to: catalog)
    guard !change.isEmpty else { return [] }
    toldCatalog = catalog
    release()
    let params = TemplatesDidChange.Params(
      added: change.added, removed: change.removed, changed: change.changed, broken: change.broken)
    return [(TemplatesDidChange.name, params.json)]
  }

  var status: [JSONMember] {
    [
      JSONMember("templateCount", .number(JSONNumber(snapshot.catalog.entries.count))),
      // Hex digits at the end of a model id, and among how many sets of values two share them with a chance of one half.
      JSONMember(
        "modelIdHash",
        [
          "digits": .number(JSONNumber(ModelIdentity.hashLength)),
          "evenChanceCount": .number(JSONNumber(ModelIdentity.evenChanceCount)),
        ]),
    ]
  }

  func answer(_ method: String, _ params: JSONValue?, watchedBy watch: WorkWatch)
    throws(RPCError) -> JSONValue
  {
    var handlers = self
    handlers.monitor = WorkMonitor(watch)
    return try handlers.answer(method, params)
  }

  func answer(_ method: String, _ params: JSONValue?) throws(RPCError) -> JSONValue {
    switch method {
    case GenerateMethod.name: try GenerateMethod.answer(params, generate)
    case EmbedProvenanceMethod.name: try EmbedProvenanceMethod.answer(params, embedProvenance)
    case ExtractProvenanceMethod.name:
      try ExtractProvenanceMethod.answer(params, extractProvenance)
    case ExportProvenanceMethod.name:
      try ExportProvenanceMethod.answer(params, exportProvenance)
    case VerifyProvenanceMethod.name:
      try VerifyProvenanceMethod.answer(params, verifyProvenance)
    case RegenerateMethod.name: try RegenerateMethod.answer(params, regenerate)
    case ValidateTemplateMethod.name:
      try ValidateTemplateMethod.answer(params, validateTemplate)
    case ValidateModelMethod.name: try ValidateModelMethod.answer(params, validateModel)
    case ExplainMethod.name: try ExplainMethod.answer(params, explain)
    case PreviewMethod.name: try PreviewMethod.answer(params, preview)
    case DiffMethod.name: try DiffMethod.answer(params, diff)
    case ListTemplatesMethod.name: try ListTemplatesMethod.answer(params, listTemplates)
    case GetTemplateMethod.name: try GetTemplateMethod.answer(params, getTemplate)
    default: throw .methodNotFound(method)
    }
  }

  mutating func notice(_ method: String, _ params: JSONValue?) throws(RPCError) -> DocumentNews? {
    switch method {
    case DidOpenMethod.name: return didOpen(try DidOpenMethod.read(params))
    case DidChangeMethod.name: return didChange(try DidChangeMethod.read(params))
    case DidCloseMethod.name: return didClose(try DidCloseMethod.read(params))
    // Nothing is to be done after `initialized`, and LSP lets a server ignore what it does not know.
    default: return nil
    }
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

extension WorkMonitor {
  init(_ watch: WorkWatch) {
    self.init(isStopped: watch.isStopped, tell: { watch.tell($0.rawValue) })
  }
}
