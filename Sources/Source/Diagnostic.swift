/// The published name of one kind of finding: kebab-case, never reused for another meaning.
///
/// docs/reference/diagnostics.md has a page for each.
package struct DiagnosticCode: RawRepresentable, Hashable, Sendable {
  package let rawValue: String

  package init(rawValue: String) {
    self.rawValue = rawValue
  }
}

/// How much a finding weighs. Raw values are LSP's `DiagnosticSeverity`.
package enum Severity: Int, Sendable {
  case error = 1
  case warning
  case information
  case hint
}

/// Another place that belongs to a finding: the other half of a conflict.
package struct Related: Hashable, Sendable {
  package var range: ByteRange
  package var message: String

  package init(_ range: ByteRange, _ message: String) {
    self.range = range
    self.message = message
  }
}

/// A change that makes its diagnostic vanish.
package struct FixIt: Hashable, Sendable {
  /// What the fix does, as a menu entry: "change 'binz' to 'bins'".
  package var title: String
  package var edits: [TextEdit]

  package init(_ title: String, _ edits: [TextEdit]) {
    self.title = title
    self.edits = edits
  }
}

/// A finding about a text: what is wrong, and the smallest run of bytes that its author must change.
package struct Diagnostic: Hashable, Sendable {
  package var code: DiagnosticCode
  package var severity: Severity
  package var range: ByteRange
  /// Lower case, no full stop, names the thing: "no parameter 'binz'".
  package var message: String
  /// The place as a path of keys and indices, `nodes[2].pmf.values`; empty where there is none.
  package var path: String
  package var related: [Related]
  /// Applying any one and validating again removes this diagnostic.
  package var fixIts: [FixIt]

  package init(
    _ code: DiagnosticCode, _ severity: Severity = .error, at range: ByteRange, _ message: String,
    path: String = "", related: [Related] = [], fixIts: [FixIt] = []
  ) {
    self.code = code
    self.severity = severity
    self.range = range
    self.message = message
    self.path = path
    self.related = related
    self.fixIts = fixIts
  }
}

extension Diagnostic: Comparable {
  /// By range, then by code: the order in which findings are reported, whatever order they were made in.
  package static func < (left: Diagnostic, right: Diagnostic) -> Bool {
    if left.range != right.range { return left.range < right.range }
    if left.code != right.code {
      return left.code.rawValue.utf8.lexicographicallyPrecedes(right.code.rawValue.utf8)
    }
    return left.message.utf8.lexicographicallyPrecedes(right.message.utf8)
  }
}

extension Sequence where Element == Diagnostic {
  package var hasErrors: Bool { contains { $0.severity == .error } }
}
