import FlowModel
import JSON
package import Source
package import Templates

/// The templates that are known by id, as they stood when they were loaded.
package struct TemplateCatalog: Sendable {
  package struct Entry: Sendable {
    /// `metadata.id`, or the file's name without its ending where the template has no id.
    package let id: ExactString
    /// Where the text was read.
    package let path: String
    package let document: TemplateDocument
    package let scale: TemplateScale
    private let inspection = Once<[Diagnostic]>()

    /// What is wrong with the template by itself; looked for when somebody asks.
    package var diagnostics: [Diagnostic] {
      inspection.get { document.render([:], for: .inspection).diagnostics }
    }

    /// What the file says now, where that has errors and this is the last version without.
    package private(set) var rejected: Rejected?

    package var text: SourceText { document.text }

    package var isBroken: Bool { diagnostics.hasErrors }

    package struct Rejected: Sendable {
      package let text: SourceText
      package let diagnostics: [Diagnostic]
    }

    /// This entry, in the place of a newer one that is broken.
    package func kept(before newer: Entry) -> Entry {
      var kept = self
      kept.rejected = Rejected(text: newer.document.text, diagnostics: newer.diagnostics)
      return kept
    }

    /// This entry, after its file says again what it said.
    package var restored: Entry {
      var restored = self
      restored.rejected = nil
      return restored
    }

    package init(path: String, text: SourceText) {
      self.path = path
      document = TemplateDocument(text)
      scale = TemplateScale(text)
      let file = path.split(separator: "/").last.map(String.init) ?? path
      let stem =
        file.hasSuffix(".yaml")
        ? file.dropLast(5) : file.hasSuffix(".yml") ? file.dropLast(4) : file[...]
      id = ExactString(document.metadata.id ?? String(stem))
    }
  }

  /// Sorted by id. Where two files have one id, the one that was loaded first stands here, of those that are not broken
  /// if there is one.
  package let entries: [Entry]
  /// The others that have an id of ``entries``, in the order in which they were loaded.
  package let shadowed: [Entry]
  /// Bytes of the longest template; 0 where there is none.
  package let longestTextLength: Int
  /// Goes with the catalog, so that a template which was replaced has none.
  package let recentModels: RecentModels
  let patternShelf: PatternShelf

  /// - Parameter bounds: how many models that are made of the templates are kept.
  package init(_ files: [Entry] = [], keeping bounds: RecentModels.Bounds = RecentModels.Bounds()) {
    recentModels = RecentModels(bounds)
    var chosen: [ExactString: Int] = [:]
    for (index, file) in files.enumerated() {
      guard let first = chosen[file.id] else {
        chosen[file.id] = index
        continue
      }
      if files[first].isBroken, !file.isBroken { chosen[file.id] = index }
    }
    func isChosen(_ index: Int) -> Bool { chosen[files[index].id] == index }
    entries = files.indices.filter(isChosen).map { files[$0] }.sorted { $0.id < $1.id }
    shadowed = files.indices.filter { !isChosen($0) }.map { files[$0] }
    patternShelf = PatternShelf(entries.map(\.document.patterns))
    longestTextLength = entries.map(\.document.text.count).max() ?? 0
  }

  package subscript(id: String) -> Entry? {
    entries.first { $0.id == ExactString(id) }
  }

  /// Ids that may have been meant: those that begin with the text up to a `-`, then those that are spelled alike.
  package func near(_ id: String) -> [String] {
    let ids = entries.map(\.id.text)
    let begun = ids.filter { $0.utf8.starts(with: (id + "-").utf8) }
    return begun + Suggestion.near(id, among: ids.filter { !begun.contains($0) })
  }
}
