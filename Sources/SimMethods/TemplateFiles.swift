package import Operations
import Source
import Templates

/// Where template files come from: the disk, or a test's dictionary.
package protocol TemplateFiles: Sendable {
  /// Paths of the files in a directory, in byte order.
  /// - Throws: why the directory cannot be read, as a message; one that does not exist is no exception.
  func list(_ directory: String) throws(UnreadableFile) -> [String]
  /// - Throws: why the file cannot be read, as a message.
  func read(_ path: String) throws(UnreadableFile) -> [UInt8]
}

/// A file or directory that cannot be read.
package struct UnreadableFile: Error, Hashable, Sendable {
  /// Names the path and the cause.
  package let message: String

  package init(_ message: String) {
    self.message = message
  }
}

extension TemplateCatalog {
  /// Reads the `.yaml` and `.yml` files of directories. Of two templates with one id the first directory's wins, and in
  /// one directory the first file's, but a broken one never against one that is not. Models and records are no templates.
  ///
  /// - Parameters:
  ///   - name: an id, or the beginning of one: templates whose id it cannot be are not looked at; nil looks at all.
  ///   - previous: what was known before; a file that is broken now keeps its last good version.
  ///   - fileCountMax: most template files of one directory that are read.
  ///   - recentModels: how many models made of the templates are kept.
  ///   - passedOver: takes a line about each model and record, which may well lie beside the templates they come of.
  ///   - log: takes a line about each directory and file that is left out for other reasons.
  package static func load(
    from directories: [String], _ files: some TemplateFiles, naming name: String? = nil,
    after previous: TemplateCatalog? = nil, fileCountMax: Int = SimLimits().templateFileCountMax,
    recentModels: RecentModels.Bounds = RecentModels.Bounds(),
    passedOver: (String) -> Void = { _ in }, log: (String) -> Void
  ) -> TemplateCatalog {
    var entries: [Entry] = []
    for directory in directories {
      var paths: [String] = []
      do throws(UnreadableFile) {
        paths = try files.list(directory).filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }
      } catch {
        log(error.message)
      }
      if paths.count > fileCountMax {
        log(
          "\(directory): only the first \(fileCountMax) of \(paths.count) templates are read"
            + " (templateFileCountMax)")
      }
      for path in paths.prefix(fileCountMax) {
        do throws(UnreadableFile) {
          let bytes = try files.read(path)
          let known = previous?.entries.first { $0.path == path }
          if let known, let same = known.reading(bytes) {
            entries.append(same)
            continue
          }
          let text = SourceText(bytes)
          if let name, !mayBegin(with: name, path, text) { continue }
          let entry = Entry(path: path, text: text)
          if let known, !known.isBroken, entry.isBroken {
            let cause = entry.cause(after: known)
            log("\(path) is broken and keeps its last good version: \(cause)")
            entries.append(known.kept(before: entry))
          } else if entry.document.metadata.id == nil, entry.isBroken,
            let kind = DocumentKind(entry.document.text), kind != .template
          {
            passedOver(
              "\(path) is passed over: it is a \(kind == .model ? "model" : "provenance record")")
          } else {
            entries.append(entry)
          }
        } catch {
          log(error.message)
        }
      }
    }
    let catalog = TemplateCatalog(entries, keeping: recentModels)
    // A copy of what is there already is worth no word.
    for entry in catalog.shadowed where catalog[entry.id.text]?.document.hash != entry.document.hash
    {
      let other = catalog[entry.id.text]
      let isBroken = entry.isBroken && other?.isBroken == false
      log(
        "\(entry.path)\(isBroken ? " is broken" : ""): the id '\(entry.id)' is taken by \(other?.path ?? "another file")"
      )
    }
    return catalog
  }

  /// Whether the id of a template may be a name, or begin with one, as far as that can be told without parsing it: in UTF-8
  /// and without escapes and folded lines an id stands in the text as it is, or in the file's name.
  private static func mayBegin(with name: String, _ path: String, _ text: SourceText) -> Bool {
    if name.utf8.contains(where: { $0 <= 0x20 || $0 >= 0x7F }) { return true }
    return text.contains(name) || SourceText(path).contains(name) || text.contains("\\")
      || text.contains("\0")
  }
}

extension TemplateCatalog.Entry {
  /// The first error, for a log: its place, its code and, if no secret can be in it, what it says.
  ///
  /// A message may quote a value that stands in the template. Of a broken text it is not known what is sensitive, so it is
  /// told only where the word stands neither in this one nor in the last good one, however it is spelled.
  fileprivate func cause(after known: TemplateCatalog.Entry) -> String {
    guard let first = diagnostics.first(where: { $0.severity == .error }) else { return "" }
    let line = LineTable(document.text).line(at: first.range.start) + 1
    let maySaySecret = [document.text, known.document.text].contains { text in
      text.contains("sensitive") || text.contains("\\") || text.contains("\0")
    }
    let place = "line \(line): \(first.code.rawValue)"
    return maySaySecret ? place : "\(place): \(first.message)"
  }

  /// What is known already of a file that has these bytes; nil where they are new.
  fileprivate func reading(_ bytes: [UInt8]) -> TemplateCatalog.Entry? {
    if let rejected, rejected.text.bytes == bytes { return self }
    return document.text.bytes == bytes ? restored : nil
  }
}
