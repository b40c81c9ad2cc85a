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
  /// Most template files that one directory may hold.
  package static let fileCountMax = 1_000

  /// Reads the `.yaml` and `.yml` files of directories. Of two templates with one id the first directory's wins, and in
  /// one directory the first file's.
  ///
  /// - Parameters:
  ///   - previous: what was known before; a file that is broken now keeps its last good version.
  ///   - log: takes a line about each directory and file that is left out.
  package static func load(
    from directories: [String], _ files: some TemplateFiles, after previous: TemplateCatalog? = nil,
    log: (String) -> Void
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
        log("\(directory): only the first \(fileCountMax) of \(paths.count) templates are read")
      }
      for path in paths.prefix(fileCountMax) {
        do throws(UnreadableFile) {
          let entry = Entry(path: path, text: SourceText(try files.read(path)))
          let good = previous?.entries.first { $0.path == path && !$0.isBroken }
          if entry.isBroken, let good {
            let first = entry.diagnostics.first { $0.severity == .error }
            log("\(path) is broken and keeps its last good version: \(first?.message ?? "")")
            entries.append(good)
          } else {
            entries.append(entry)
          }
        } catch {
          log(error.message)
        }
      }
    }
    let catalog = TemplateCatalog(entries)
    // A copy of what is there already is worth no word.
    for entry in catalog.shadowed where catalog[entry.id.text]?.document.hash != entry.document.hash
    {
      log(
        "\(entry.path): the id '\(entry.id)' is taken by \(catalog[entry.id.text]?.path ?? "another file")"
      )
    }
    return catalog
  }
}
