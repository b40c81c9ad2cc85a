package import FlowModel
package import JSON
package import Source
import YAML

/// A template that was read: what does not depend on parameter values, done once.
package struct TemplateDocument: Sendable {
  package let text: SourceText
  package let metadata: Metadata
  package let definitions: [ParameterDefinition]
  /// `sha256:` and 64 hexadecimal digits over the template's bytes.
  ///
  /// A text that is only validated, as an editor does at every key, needs none.
  package var hash: String { hashed.get { ModelHash.digest(of: text.bytes) } }
  /// The `parameters` key, or the start of the document where there is none.
  package let parametersRange: ByteRange
  /// What is wrong whatever the values are: syntax, metadata, declarations.
  package let findings: Findings
  private let hashed = Once<String>()
  let names: ParameterNames
  /// What the template says of the weights of its warnings.
  let lint: LintComments
  /// nil where the text cannot be read.
  let body: TemplateBody?
  package let patterns = TemplatePatterns()
  private let foundSlots = Once<TemplateSlots?>()
  /// nil where the body cannot be read, or has holes that mean nothing.
  var slots: TemplateSlots? {
    foundSlots.get {
      guard let body, let holes = body.holesByPath else { return nil }
      return TemplateSlots(holes, body.pieces, parameterCount: definitions.count)
    }
  }

  package init(_ text: SourceText) {
    self.text = text
    let document = ModelDocument(text, wording: .template, references: true)
    var findings = document.findings
    guard let root = document.root else {
      metadata = Metadata(unreadable: ())
      definitions = []
      names = ParameterNames([])
      lint = LintComments()
      body = nil
      parametersRange = ByteRange(at: 0)
      self.findings = findings
      return
    }
    var reader = DataReader(
      meaning: LiteralMeaning(), nodeCountMax: ReadingLimits.templateValueCountMax)
    var section: DataEntry?
    var metadataEntry: DataEntry?
    var level = ModelView.Level.base
    let rootNames = RootNames(root)
    for entry in root.entries where entry.key.kind == .scalar {
      switch rootNames.meaning(of: ExactString(entry.key.string)) {
      case "metadata" where metadataEntry == nil:
        metadataEntry = DataEntry(
          key: ExactString(entry.key.string), keyRange: entry.key.range,
          value: reader.read(entry.value, at: "metadata"))
      case "parameters" where section == nil:
        section = DataEntry(
          key: ExactString(entry.key.string), keyRange: entry.key.range,
          value: reader.read(entry.value, at: "parameters"))
      case let key where ModelView.newestKeys.contains(key): level = .newest
      case "provenance":
        findings.add(
          ProvenancePresetIgnored.self, at: entry.key.range,
          "provenance is written by generation; what the template presets is ignored",
          path: "provenance")
      default: continue
      }
    }
    findings.add(contentsOf: reader.findings)
    metadata = Metadata(metadataEntry, start: root.range.start, level: level, &findings)
    let parameters = section.map { ParameterReader($0.value) }
    if let more = parameters?.findings { findings.add(contentsOf: more) }
    definitions = parameters?.definitions ?? []
    names = ParameterNames(definitions, isIncomplete: parameters?.lacksNames ?? false)
    body = TemplateBody(
      root, text: text, names: names, section: section?.keyRange,
      apart: [metadataEntry, section].compactMap(\.self))
    parametersRange = section?.keyRange ?? ByteRange(at: root.range.start)
    lint = LintComments(root, in: text, &findings)
    self.findings = findings
  }

  /// Values as ``substitute(_:)`` takes them; defaults stand in for what is not given.
  package func bind(_ given: JSONObject) -> BoundValues {
    let binding = ParameterBinding(
      given, to: definitions, names, section: parametersRange, purpose: .generation)
    return BoundValues(binding, body?.uses ?? ParameterUses())
  }

  /// The values of which a model may be found again, or written by what is known of others.
  ///
  /// - Returns: nil where something is wrong with them, and where parameters are sensitive.
  package func openBinding(_ given: JSONObject) -> ParameterBinding? {
    if definitions.contains(where: \.isSensitive) { return nil }
    let binding = ParameterBinding(
      given, to: definitions, names, section: parametersRange, purpose: .generation)
    return binding.isRight ? binding : nil
  }

  /// The body with values in place, before anything is checked: one step of ``render(_:for:)``, for those who measure it.
  package func substitute(_ values: BoundValues) -> DataNode? {
    body?.filled(with: values).body
  }
}

extension ModelDocument.Wording {
  package static let template = ModelDocument.Wording(
    noun: "template", empty: TemplateEmpty.code, notMapping: TemplateNotMapping.code)
}

extension Metadata {
  /// Of a text that cannot be read.
  init(unreadable: Void) {
    id = nil
    title = ""
    description = ""
    tags = []
    version = Metadata.versionDefault
  }
}
