import Synchronization

/// Keeps the patterns of all templates of a catalog within one bound: each template bounds its own by their number, and
/// there may be many templates.
package final class PatternShelf: Sendable {
  /// Bytes of all models that patterns are kept of: 4 MiB. A pattern takes about ten times those of its model.
  package static let lengthMax = 4 << 20

  /// With what each took when it was added; the last one added stands last.
  private let kept: Mutex<[(patterns: TemplatePatterns, length: Int)]>
  private let lengthMax: Int

  /// - Parameter patterns: those of templates that were there before.
  package init(_ patterns: [TemplatePatterns] = [], lengthMax: Int = PatternShelf.lengthMax) {
    self.lengthMax = lengthMax
    kept = Mutex(patterns.map { ($0, $0.length) }.filter { $0.1 > 0 })
  }

  /// Counts the patterns of a template that has a new one. Where all together are too many, those of the templates that
  /// had a new one longest ago go.
  package func add(_ patterns: TemplatePatterns) {
    let added = patterns.length
    guard added > 0 else { return }
    let dropped = kept.withLock { kept in
      kept.removeAll { $0.patterns === patterns }
      kept.append((patterns, added))
      var length = kept.reduce(0) { $0 + $1.length }
      var dropped: [TemplatePatterns] = []
      while length > lengthMax, kept.count > 1 {
        let first = kept.removeFirst()
        length -= first.length
        dropped.append(first.patterns)
      }
      return dropped
    }
    for patterns in dropped { patterns.removeAll() }
  }
}
