package import Source
package import YAML

/// A YAML text that is meant to be one mapping: a model, or the text of a template.
package struct ModelDocument: Sendable {
  package let tree: YAMLTree
  /// The root mapping; nil where there is none, and then there is a finding.
  package let root: YAMLNode?
  /// What keeps the text from being read at all.
  package let findings: Findings

  /// The rules that are broken when a text holds no mapping: a template's codes differ from a model's.
  package struct Wording: Sendable {
    let noun: String
    let empty: DiagnosticCode
    let notMapping: DiagnosticCode

    package init(noun: String, empty: DiagnosticCode, notMapping: DiagnosticCode) {
      self.noun = noun
      self.empty = empty
      self.notMapping = notMapping
    }

    package static let model = Wording(
      noun: "model", empty: ModelEmpty.code, notMapping: ModelNotMapping.code)
  }

  /// - Parameter references: whether `${name}` may stand inside plain scalars of flow collections, as templates have it.
  package init(_ text: SourceText, wording: Wording = .model, references: Bool = false) {
    let tree = YAMLTree(parsing: text, placeholders: references)
    self.tree = tree
    var findings = Findings(tree.diagnostics, in: text)
    let documents = tree.documents
    var root: YAMLNode?
    if !findings.hasErrors {
      if let first = documents.first, first.kind == .mapping {
        root = first
      } else if let first = documents.first,
        first.kind != .scalar || !first.string.isEmpty || first.style != .plain
      {
        findings.add(
          wording.notMapping, at: first.range,
          "a \(wording.noun) is a mapping of keys to values, not \(first.kind == .sequence ? "a list" : "a single value")"
        )
      } else {
        findings.add(
          wording.empty, at: ByteRange(at: documents.first?.range.start ?? 0),
          "the \(wording.noun) is empty")
      }
      if documents.count > 1 {
        findings.add(
          DocumentSeveral.self, at: documents[1].range,
          "a \(wording.noun) is one YAML document; this text has \(documents.count)")
        root = nil
      }
    }
    self.root = root
    self.findings = findings
  }

  /// What a model has, and a record that stands alone has not.
  package static let keys = ["grid", "nodes"]

  /// Whether one of ``keys`` is there, in a broken text too.
  package var hasModelKey: Bool {
    ModelDocument.keys.contains { count(of: ExactString($0)) > 0 }
  }

  /// Whether there is such a top-level key.
  package func has(_ key: ExactString) -> Bool { find(key) != nil }

  /// How many top-level entries have this key: more than one is an error, and then there is no ``root``.
  package func count(of key: ExactString) -> Int {
    tree.documents.first?.entries.count {
      $0.key.kind == .scalar && ExactString($0.key.string) == key
    } ?? 0
  }

  /// A top-level entry and its place among the root's entries.
  package func find(_ key: ExactString) -> (index: Int, entry: YAMLEntry)? {
    guard let root else { return nil }
    for (index, entry) in root.entries.enumerated()
    where entry.key.kind == .scalar && ExactString(entry.key.string) == key {
      return (index, entry)
    }
    return nil
  }
}

/// A model that was read and checked.
package struct ModelReading: Sendable {
  /// The document's values, whatever keys it has; nil where it could not be read.
  package let data: DataNode?
  /// All findings, in order.
  package let diagnostics: [Diagnostic]

  package init(_ text: SourceText) { self.init(ModelDocument(text)) }

  /// Checks a model that was read already.
  package init(_ document: ModelDocument) {
    var findings = document.findings
    guard let root = document.root else {
      data = nil
      diagnostics = findings.sorted
      return
    }
    var reader = DataReader(meaning: CoreMeaning())
    let data = reader.read(root)
    findings.add(contentsOf: reader.findings)
    var shaper = Shaper(origin: .model)
    let shaped = shaper.fit(data, Shape.model)
    findings.add(contentsOf: shaper.findings)
    // What a model is for is said by the record in it, if there is one.
    let mode = shaped["provenance"]?["mode"]?.string.flatMap { Mode(written: $0) }
    ModelRules.check(
      ModelView(
        shaped, origin: .model, mode: mode ?? .simulation, source: ModelSource(root)), &findings)
    self.data = data
    diagnostics = findings.sorted
  }
}
