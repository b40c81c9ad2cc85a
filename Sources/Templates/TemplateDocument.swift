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
  package let hash: String
  /// The `parameters` key, or the start of the document where there is none.
  package let parametersRange: ByteRange
  /// What is wrong whatever the values are: syntax, metadata, declarations.
  package let findings: Findings
  private let names: ParameterNames
  /// nil where the text cannot be read.
  private let body: TemplateBody?

  package init(_ text: SourceText) {
    self.text = text
    hash = ModelHash.digest(of: text.bytes)
    let document = ModelDocument(text, wording: .template, references: true)
    var findings = document.findings
    guard let root = document.root else {
      metadata = Metadata(unreadable: ())
      definitions = []
      names = ParameterNames([])
      body = nil
      parametersRange = ByteRange(at: 0)
      self.findings = findings
      return
    }
    var reader = DataReader(meaning: LiteralMeaning())
    var section: DataEntry?
    var metadataEntry: DataEntry?
    for entry in root.entries where entry.key.kind == .scalar {
      switch ExactString(entry.key.string) {
      case "metadata" where metadataEntry == nil:
        metadataEntry = DataEntry(
          key: "metadata", keyRange: entry.key.range,
          value: reader.read(entry.value, at: "metadata"))
      case "parameters" where section == nil:
        section = DataEntry(
          key: "parameters", keyRange: entry.key.range,
          value: reader.read(entry.value, at: "parameters"))
      case "provenance":
        findings.add(
          ProvenancePresetIgnored.self, at: entry.key.range,
          "provenance is written by generation; what the template presets is ignored",
          path: "provenance")
      default: continue
      }
    }
    findings.add(contentsOf: reader.findings)
    metadata = Metadata(metadataEntry, start: root.range.start, &findings)
    let parameters = section.map { ParameterReader($0.value) }
    if let more = parameters?.findings { findings.add(contentsOf: more) }
    definitions = parameters?.definitions ?? []
    names = ParameterNames(definitions)
    body = TemplateBody(root, text: text, names: names, section: section?.keyRange)
    parametersRange = section?.keyRange ?? ByteRange(at: root.range.start)
    self.findings = findings
  }

  /// A template with its values in place.
  package struct Rendering: Sendable {
    /// The model's values in canonical order; nil where the template cannot be read.
    package let model: DataNode?
    /// Every effective value, in declared order.
    package let parameters: JSONObject
    /// The mode in effect; nil for a template of the base level, which is the same in every mode.
    package let mode: Mode?
    /// All findings, of the template and of the values, in order.
    package let diagnostics: [Diagnostic]
    /// Whether the values are at fault, given or missing: the template by itself has no error.
    package let blamesValues: Bool

    package var isValid: Bool { !diagnostics.hasErrors }
  }

  /// Puts values in place of references and applies every rule.
  ///
  /// - Parameters:
  ///   - given: values by name; defaults stand in for the rest.
  ///   - mode: stands in for the template's own.
  ///   - purpose: whether a required parameter may still be without a value.
  /// Complexity: linear in the template and in the model that comes of it.
  package func render(
    _ given: JSONObject, mode: Mode? = nil, for purpose: ParameterBinding.Purpose
  ) -> Rendering {
    guard let body else {
      return Rendering(
        model: nil, parameters: JSONObject(), mode: nil, diagnostics: findings.sorted,
        blamesValues: false)
    }
    var findings = findings
    let binding = ParameterBinding(
      given, to: definitions, names, section: parametersRange, purpose: purpose)
    let filled = body.filled(with: BoundValues(binding, body.uses))
    findings.add(contentsOf: filled.findings)
    findings.add(contentsOf: binding.findings)
    findings.add(contentsOf: binding.unknown(besides: body.undeclared))
    for (place, definition) in definitions.enumerated() where !body.uses.all.contains(place) {
      findings.add(
        ParameterUnused.self, at: definition.nameRange,
        "nothing refers to the parameter \(quoted(definition.name.text))",
        path: "parameters" + definition.name)
    }
    let (model, modeInEffect) = shape(filled.body, mode, &findings)
    // Only a template that is valid by itself leaves the blame to the values.
    let isByItself = purpose == .inspection && given.members.isEmpty
    let blamesValues =
      findings.hasErrors && !isByItself
      && render(JSONObject(), mode: mode, for: .inspection).isValid
    return Rendering(
      model: model, parameters: binding.record, mode: modeInEffect, diagnostics: findings.sorted,
      blamesValues: blamesValues)
  }

  /// Values as ``substitute(_:)`` takes them; defaults stand in for what is not given.
  package func bind(_ given: JSONObject) -> BoundValues {
    let binding = ParameterBinding(
      given, to: definitions, names, section: parametersRange, purpose: .generation)
    return BoundValues(binding, body?.uses ?? ParameterUses())
  }

  /// The body with values in place, before anything is checked: one step of ``render(_:for:)``, for those who measure it.
  package func substitute(_ values: BoundValues) -> DataNode? {
    body?.filled(with: values).body
  }

  /// Brings the body into the shape of a model and applies the rules.
  ///
  /// - Parameter mode: the one that was asked for.
  /// - Returns: the model, and the mode it is for.
  private func shape(
    _ body: DataNode, _ mode: Mode?, _ findings: inout Findings
  ) -> (model: DataNode, mode: Mode?) {
    var shaper = Shaper(origin: .template)
    var shaped = shaper.fit(body, Shape.model)
    findings.add(contentsOf: shaper.findings)
    checkOutputs(body, isMeant: shaped["outputs"]?.isUnknown == true, &findings)
    ArrayFitting(definitions: definitions).fit(&shaped, &findings)
    let own = shaped["mode"]?.string.flatMap { Mode(written: $0) }
    let view = ModelView(
      shaped, origin: .template, mode: mode ?? own ?? .simulation,
      source: self.body.map { ModelSource($0.root, parameters: definitions.map(\.name)) })
    ModelRules.check(view, &findings)
    let isSameInEveryMode = view.level == .base && mode ?? .simulation == .simulation
    return (finished(shaped), isSameInEveryMode ? nil : view.mode)
  }

  /// - Parameter isMeant: whether a misspelt key, which is blamed for that, seems to be `outputs`.
  private func checkOutputs(_ body: DataNode, isMeant: Bool, _ findings: inout Findings) {
    if isMeant { return }
    let outputs = body.entry("outputs")
    guard let items = outputs?.value.items, !items.isEmpty else {
      if outputs?.value.isUnknown != true,
        outputs.map({ $0.value.isNull || $0.value.content == .sequence([]) }) ?? true
      {
        findings.add(
          OutputsEmpty.self, at: outputs?.keyRange ?? ByteRange(at: body.range.start),
          "no outputs: a template writes at least one series", path: "outputs")
      }
      return
    }
    for (index, item) in items.enumerated()
    where item.entry("source") != nil && item.entry("series") == nil {
      if let id = item["id"], !id.isBlank { continue }
      findings.add(
        OutputIDMissing.self, at: item["id"]?.range ?? item.entries.first?.keyRange ?? item.range,
        "outputs[\(index)] has no id", path: "outputs" + index + "id")
    }
  }

  /// The model as it is written: with `schemaVersion`, and with a seed that is a number.
  private func finished(_ shaped: DataNode) -> DataNode {
    var entries = shaped.entries
    if !entries.contains(where: { $0.key == "schemaVersion" }) {
      let nowhere = ByteRange(at: shaped.range.start)
      entries.insert(
        DataEntry(
          key: "schemaVersion", keyRange: nowhere,
          value: DataNode(.number(.integer(1)), at: nowhere)), at: 0)
    }
    for index in entries.indices where entries[index].key == "rng" {
      entries[index].value.content = .mapping(
        entries[index].value.entries.map { entry in
          var entry = entry
          if entry.key == "seed", let seed = RNGSeedRange.seed(entry.value, .template) {
            entry.value.content = .number(.integer(seed))
          }
          return entry
        })
    }
    return Shape.model.projected(DataNode(.mapping(entries), at: shaped.range)).withoutNothing
  }
}

extension DataNode {
  /// The value without entries that say nothing: `as:` and no `as` are one.
  fileprivate var withoutNothing: DataNode {
    var node = self
    switch content {
    case .mapping(let entries):
      node.content = .mapping(
        entries.filter { !$0.value.isNull }.map { entry in
          var entry = entry
          entry.value = entry.value.withoutNothing
          return entry
        })
    case .sequence(let items) where items.contains { !$0.entries.isEmpty }:
      node.content = .sequence(items.map(\.withoutNothing))
    default: break
    }
    return node
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
